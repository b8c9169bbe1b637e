/**
 * What a new version of the suite will do with a warehouse of the version before.
 *
 * <p>Nothing is converted: this version reads the manifests, intents and commits of the one before.
 * What it would compute again is what the planner finds, once as {@code pipeline} plans and once as
 * {@code pipeline --recompute-outdated} does. {@link org.clickmill.drivers.upgrade.UpgradeCheck}
 * reads all of them and compares the two plans; {@link org.clickmill.drivers.upgrade.UpgradeReport}
 * is what comes out.
 */
package org.clickmill.drivers.upgrade;
