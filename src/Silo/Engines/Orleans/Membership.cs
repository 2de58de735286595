using Orleans.Configuration;

namespace Conclude.Silo.Engines.Orleans;

/// <summary>How soon a silo that is gone is known to be gone: what called it fails until then, and the client's retry succeeds after.</summary>
internal static class Membership
{
    public static void Configure(ClusterMembershipOptions membership)
    {
        // A silo is out after three missed probes, a second apart: with the second that a widget waits before it tries again, five seconds
        // from a kill to an answer. A longer probe would cost those seconds; a shorter one, or fewer, would take a silo out for a pause of
        // its garbage collector. (While the prober itself is short of time, Orleans waits up to twice as long.)
        membership.ProbeTimeout = membership.MinProbeTimeout = TimeSpan.FromSeconds(1);
        membership.MaxProbeTimeout = TimeSpan.FromSeconds(2);
        membership.NumMissedProbesLimit = 3;
        // Silos tell each other of every change; this is for the one that they cannot reach: it learns that it is out, and ends.
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        // Who has not signed for 15 s is nobody whom a new silo must reach before it may join: after a loss of the whole cluster, the first
        // silo back on another address waits no longer than that.
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
    }
}
