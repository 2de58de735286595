using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Grains.Sessions;

/// <summary>Everything a verdict depends on, besides the user's prompts.</summary>
/// <param name="Moment">Null when the name is no moment.</param>
/// <param name="Age">How old the fire was when it was sent.</param>
/// <param name="CapReached">Answers and live prompts have reached the moment's response cap.</param>
/// <param name="Now">Server time of receipt.</param>
internal sealed record Occasion(
    Guid EventId,
    string UserKey,
    MomentDefinition? Moment,
    TimeSpan Age,
    bool IsBot,
    bool Test,
    Person Person,
    PageContext Context,
    decimal QuietPeriodHours,
    bool CapReached,
    DateTimeOffset Now);
