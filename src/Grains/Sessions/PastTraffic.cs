using System.Collections.Immutable;
using Conclude.Ledger;

namespace Conclude.Grains.Sessions;

/// <summary>What a forecast is made from: fires of one name.</summary>
/// <param name="Fires">The newest first; not all of them when there are very many.</param>
/// <param name="Days">How long the fires took, of which there were as many as their total says; more than 0.</param>
/// <param name="People">Stored facts by user key; who is missing has none.</param>
public sealed record PastTraffic(PastFires Fires, double Days, ImmutableDictionary<string, Person> People)
{
    /// <summary>How many fires each fire that was read stands for.</summary>
    public double Weight => Fires.Fires.IsEmpty ? 0 : Math.Max(1, (double)Fires.Total / Fires.Fires.Length);
}
