using Conclude.Ledger;

namespace Conclude.Api.Moments;

/// <summary>Counters of a moment.</summary>
/// <param name="Fires">Accepted events, whatever their verdict.</param>
/// <param name="Prompted">Prompts granted.</param>
/// <param name="Seen">Prompts painted.</param>
/// <param name="Dismissed">Prompts closed without an answer.</param>
internal sealed record TotalsJson(
    long Fires, long Prompted, long Seen, long Dismissed, long Positive, long Neutral, long Frustrated, long Comments)
{
    public static TotalsJson Of(Counters counters) => new(
        counters.Fires, counters.Prompted, counters.Seen, counters.Dismissed,
        counters.Positive, counters.Neutral, counters.Frustrated, counters.Comments);
}
