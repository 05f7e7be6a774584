/**
 * How {@link io.swarmstream.site.SwarmSite} works; not for use by other modules.
 *
 * <p>{@link io.swarmstream.site.internal.SiteConnection} opens the clients and owns them. {@link
 * io.swarmstream.site.internal.SyncCycle} runs a sync: it decides what is sent to which round and
 * when its model becomes the base. {@link io.swarmstream.site.internal.BaseModel} holds that base,
 * and is the only state that other threads read. {@link io.swarmstream.site.internal.Presence}
 * tells the job that the site joins or leaves.
 */
@NullMarked
package io.swarmstream.site.internal;

import org.jspecify.annotations.NullMarked;
