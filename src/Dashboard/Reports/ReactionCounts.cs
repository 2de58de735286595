using Conclude.Ledger;

namespace Conclude.Dashboard.Reports;

/// <summary>Answers of one group.</summary>
public readonly record struct ReactionCounts(long Positive, long Neutral, long Frustrated)
{
    public long Answers => Positive + Neutral + Frustrated;

    public Share PositiveShare => new(Positive, Answers);

    public Share FrustratedShare => new(Frustrated, Answers);

    public ReactionCounts Plus(Reaction reaction) => reaction switch
    {
        Reaction.Positive => this with { Positive = Positive + 1 },
        Reaction.Neutral => this with { Neutral = Neutral + 1 },
        _ => this with { Frustrated = Frustrated + 1 },
    };

    /// <summary>
    /// Answers of prompts seen, wherever a response rate stands. In a range an answer may belong to a prompt that was seen before it: never more than all.
    /// </summary>
    public static Share ResponseRate(Counters counters) => new(Math.Min(counters.Reactions, counters.Seen), counters.Seen);

    public static ReactionCounts Of(Counters counters) => new(counters.Positive, counters.Neutral, counters.Frustrated);
}
