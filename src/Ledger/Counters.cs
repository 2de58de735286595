using System.Collections.Immutable;

namespace Conclude.Ledger;

/// <summary>
/// The counters of one event name, over one hour or over all time. Every value only grows, so two readings of the same
/// row merge to the larger value of each column.
/// </summary>
/// <param name="Verdicts">Fires by verdict, indexed by <see cref="Verdict"/>; always <see cref="Ledger.Verdicts.Count"/> long.</param>
[GenerateSerializer, Immutable, Alias("Conclude.Counters")]
public sealed record Counters(
    [property: Id(0)] ImmutableArray<long> Verdicts,
    [property: Id(1)] long Seen,
    [property: Id(2)] long Dismissed,
    [property: Id(3)] long Positive,
    [property: Id(4)] long Neutral,
    [property: Id(5)] long Frustrated,
    [property: Id(6)] long Comments)
{
    public static Counters Zero { get; } = new([.. new long[Ledger.Verdicts.Count]], 0, 0, 0, 0, 0, 0);

    /// <summary>Every accepted event, whatever its verdict.</summary>
    public long Fires => Verdicts.Sum();

    /// <summary>Prompts granted.</summary>
    public long Prompted => Verdicts[(int)Verdict.Shown];

    public long Reactions => Positive + Neutral + Frustrated;

    public Counters Plus(Counters other) => Combine(other, static (a, b) => a + b);

    /// <summary>The later of two readings of the same row, column by column.</summary>
    public Counters Max(Counters other) => Combine(other, Math.Max);

    public bool Equals(Counters? other) =>
        other is not null && Verdicts.AsSpan().SequenceEqual(other.Verdicts.AsSpan())
        && (Seen, Dismissed, Positive, Neutral, Frustrated, Comments) == (other.Seen, other.Dismissed, other.Positive, other.Neutral, other.Frustrated, other.Comments);

    public override int GetHashCode() => HashCode.Combine(Fires, Seen, Dismissed, Positive, Neutral, Frustrated, Comments);

    private Counters Combine(Counters other, Func<long, long, long> of) => new(
        [.. Verdicts.Zip(other.Verdicts, of)],
        of(Seen, other.Seen), of(Dismissed, other.Dismissed),
        of(Positive, other.Positive), of(Neutral, other.Neutral), of(Frustrated, other.Frustrated), of(Comments, other.Comments));
}
