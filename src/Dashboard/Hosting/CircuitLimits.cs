using Microsoft.AspNetCore.Components.Server;

namespace Conclude.Dashboard.Hosting;

/// <summary>What open pages may take of the server's memory when their browsers are slow or gone. An open page takes 1 to 3 MB.</summary>
internal static class CircuitLimits
{
    /// <summary>Pages whose connection is lost and that may come back as they were; beyond it the longest lost is ended, and loads itself anew when it returns.</summary>
    public const int MostLost = 100;

    /// <summary>Lost for longer, a page loads itself anew.</summary>
    public static readonly TimeSpan LostFor = TimeSpan.FromMinutes(3);

    /// <summary>
    /// Changes under way to a browser that has not said that it took them: at four a second, five seconds' worth. A slower page is told less
    /// often, what it is told then is the state of now, and nothing piles up. A page that opens takes none until it has loaded all that it
    /// shows (live.js): it must not run into this before.
    /// </summary>
    public const int MostUnderWay = 20;

    public static void Set(CircuitOptions circuits)
    {
        circuits.DisconnectedCircuitMaxRetained = MostLost;
        circuits.DisconnectedCircuitRetentionPeriod = LostFor;
        circuits.MaxBufferedUnacknowledgedRenderBatches = MostUnderWay;
        circuits.JSInteropDefaultCallTimeout = TimeSpan.FromSeconds(30);

        // Reasons belong in the log, in every environment.
        circuits.DetailedErrors = false;
    }
}
