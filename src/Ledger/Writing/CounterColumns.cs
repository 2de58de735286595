using System.Runtime.InteropServices;

namespace Conclude.Ledger.Writing;

/// <summary>The order of a name's counters in the store's columns: the verdicts, then these.</summary>
internal static class CounterColumns
{
    public static int Seen => Verdicts.Count;
    public static int Dismissed => Verdicts.Count + 1;
    public static int Comments => Verdicts.Count + 5;
    public static int Count => Verdicts.Count + 6;

    public static int Of(Reaction reaction) => Verdicts.Count + 1 + (int)reaction;

    public static string Name(int column) =>
        column < Verdicts.Count ? ((Verdict)column).Name() : ((string[])["seen", "dismissed", "positive", "neutral", "frustrated", "comments"])[column - Verdicts.Count];

    /// <summary>Every accepted event, whatever its verdict.</summary>
    public static long Fires(long[] columns) => columns.Take(Verdicts.Count).Sum();

    public static Counters Read(ReadOnlySpan<long> columns) => new(
        ImmutableCollectionsMarshal.AsImmutableArray(columns[..Verdicts.Count].ToArray()),
        columns[Seen], columns[Dismissed], columns[Of(Reaction.Positive)], columns[Of(Reaction.Neutral)], columns[Of(Reaction.Frustrated)],
        columns[Comments]);
}
