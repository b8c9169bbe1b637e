/** An analysis as CONTRIBUTING.md builds it: which products came back on a day. */
package org.clickmill.jobs.example;
