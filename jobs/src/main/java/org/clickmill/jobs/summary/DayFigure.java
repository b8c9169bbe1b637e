package org.clickmill.jobs.summary;

/** What is added up to summarise a day. Money is scaled. */
enum DayFigure {
  EVENTS,
  VIEWS,
  VISITORS,
  SESSIONS,
  BOUNCES,
  /** Sessions with a purchase of quantity &gt; 0. */
  BUYING_SESSIONS,
  SESSION_REVENUE,
  /** Sessions that a later event may belong to. */
  OPEN_SESSIONS,
  CUSTOMERS,
  NEW_CUSTOMERS,
  ORDERS,
  GROSS_REVENUE,
  REVENUE
}
