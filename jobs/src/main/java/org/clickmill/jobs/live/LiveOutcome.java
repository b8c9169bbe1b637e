package org.clickmill.jobs.live;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * What an update of the live tables did.
 *
 * @param commit the loader's commit up to which they stand
 * @param events that were read, repeated ones with them
 * @param duplicates of these and of events before that were dropped
 * @param buckets five-minute buckets that were counted again
 * @param days live days that changed, as {@code dt=2019-10-01}
 * @param ended days that are not live any more, since their batch tables are fresh
 * @param changes what has changed in these, for whoever hands it on
 * @param seconds that it took
 */
public record LiveOutcome(
    long commit,
    long events,
    long duplicates,
    long buckets,
    List<String> days,
    List<String> ended,
    @JsonIgnore LiveChanges changes,
    double seconds) {}
