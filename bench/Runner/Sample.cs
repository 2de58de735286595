namespace Conclude.Bench.Runner;

/// <summary>One contender under one load in one round.</summary>
/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
/// <param name="ServerCpu">Microseconds a request.</param>
/// <param name="StoreCpu">Microseconds a request, of processes that are not the server's.</param>
/// <param name="WalBytes">Bytes an event, PostgreSQL only.</param>
/// <param name="WrkBusy">Share of its thread that wrk was busy.</param>
/// <param name="Others">Share of all cores that programs of nobody here used meanwhile; what is not near 0 spoils the figures.</param>
internal sealed record Sample(
    string Load, string Contender, int Round, double PerSecond, double P50, double P99, double ServerCpu, double StoreCpu, double WalBytes, double WrkBusy, double Others);
