using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Api.ObservedEvents;

/// <summary>Every name ever fired, by name.</summary>
internal sealed record ObservedEventsJson(IReadOnlyList<ObservedEventJson> Items);

/// <summary>A name that has been fired at least once.</summary>
/// <param name="Count">Fires of all time.</param>
/// <param name="Last24Hours">Fires in the last 24 hours, in steps of whole hours.</param>
internal sealed record ObservedEventJson(
    string Name, long Count, long Last24Hours, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, bool IsMoment)
{
    public static ObservedEventJson Of(ObservedEvent observed, WorkspaceSnapshot workspace) => new(
        observed.Name, observed.AllTime.Fires, observed.Last24Hours, observed.FirstSeen, observed.LastSeen,
        workspace.Moments.ContainsKey(observed.Name));
}
