using System.Text.Json.Serialization;
using Conclude.Ledger;

namespace Conclude.Api.ObservedEvents;

/// <summary>A committed event, as the live feed tells it.</summary>
/// <param name="User">External id, e-mail or a short form of the anonymous id.</param>
/// <param name="Until">Until when the same person would get the same verdict, where the rule knows it.</param>
/// <param name="Test">True for facts of the test key; left out for all others.</param>
internal sealed record FireJson(
    Guid Id, string Name, DateTimeOffset At, string? User, string Verdict, DateTimeOffset? Until,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Test)
{
    public static FireJson Of(RecentFire fire) => new(fire.Id, fire.Event, fire.At, fire.User, fire.Verdict.Name(), fire.Until, fire.Test);
}
