/** Which of the analyst's tables are asked for; the analyses that make them ask here. */
package org.clickmill.jobs.analyst;
