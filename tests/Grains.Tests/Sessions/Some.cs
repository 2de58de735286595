using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Grains.Tests.Sessions;

/// <summary>Plain values that tests start from.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public static MomentDefinition Moment { get; } = new() { Event = "report_exported", Question = "How was the export?" };

    public static Occasion Occasion { get; } = new(
        new Guid("01930000-0000-7000-8000-000000000001"), UserKeys.Person("user_123"), Moment, TimeSpan.Zero, IsBot: false, Test: false,
        Person.Nobody, PageContext.Unknown, QuietPeriodHours: 0, CapReached: false, Now);

    /// <summary>A prompt that was granted long ago and never claimed.</summary>
    public static Prompt Expired { get; } = new()
    {
        Id = new Guid("01930000-0000-7000-8000-00000000000a"),
        Event = Moment.Event,
        UserKey = UserKeys.Person("user_123"),
        Test = false,
        GrantedAt = Now.AddHours(-2),
        LeaseUntil = Now.AddHours(-2).AddSeconds(120),
        LiveUntil = Now.AddHours(-2).AddSeconds(120),
        Question = Moment.Question,
        DefinitionVersion = 2,
    };

    /// <summary>A prompt granted just now.</summary>
    public static Prompt Granted { get; } = Expired with { GrantedAt = Now, LeaseUntil = Now.AddSeconds(120), LiveUntil = Now.AddSeconds(120) };

    public static Prompt SeenAgo(TimeSpan ago, string? eventName = null) => Expired with
    {
        Event = eventName ?? Moment.Event,
        GrantedAt = Now - ago,
        SeenAt = Now - ago,
        LeaseUntil = Now - ago + TimeSpan.FromSeconds(120),
        LiveUntil = Now - ago,
    };
}
