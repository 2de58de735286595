using System.Text;

namespace Conclude.Bench.Runner.Dashboards;

/// <summary>A page that is opened, and how a probe shows on it: a number that no other text of the page reaches.</summary>
/// <param name="Mark">What stands before the number.</param>
internal sealed record PageKind(string Path, string Mark, long From, long To)
{
    public const string Moment = "bench_probe";
    public const string Observed = "bench_probe_observed";
    public const string Comment = "probe ";

    /// <summary>Fires that the probed moment has before the first probe.</summary>
    public const int MomentFires = 20_000;

    /// <summary>Fires that the probed observed event has before the first probe.</summary>
    public const int ObservedFires = 60_000;

    public static IReadOnlyList<PageKind> All { get; } =
    [
        new("/moments", "", MomentFires, 40_000),
        new("/moments/observed", "", ObservedFires, ObservedFires + 10_000),
        new($"/moments/{Moment}", "", MomentFires, 40_000),
        new("/responses", Comment, 1, long.MaxValue),
    ];

    public byte[] MarkBytes { get; } = Encoding.UTF8.GetBytes(Mark);
}
