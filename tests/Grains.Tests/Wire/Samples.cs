using System.Collections.Immutable;
using System.Text.Json;
using Conclude.Grains.Accounts;
using Conclude.Grains.Catalog;
using Conclude.Grains.Idempotency;
using Conclude.Grains.Keys;
using Conclude.Grains.Live;
using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;
using Conclude.Grains.Webhooks;
using Conclude.Ledger;
using Conclude.Ledger.Outbox;

namespace Conclude.Grains.Tests.Wire;

/// <summary>One full value of every message and state, the same in every run.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 10, 11, 12, TimeSpan.Zero);
    private static readonly Guid Id = new("01930000-0000-7000-8000-000000000001");

    private static readonly Person Ada = new(
        "ada", "ada@acme.com", "Ada", [new Company("co_acme", "Acme", 5000.5m, At)],
        ImmutableSortedDictionary<string, string>.Empty.Add("plan", "pro").Add("seats", "7"), Verified: true);

    private static readonly Counters Counted = new([.. Enumerable.Range(1, Verdicts.Count).Select(static n => (long)n)], 21, 22, 23, 24, 25, 26);

    private static readonly Prompt Asked = new()
    {
        Id = Id,
        Event = "report_exported",
        UserKey = "u:ada",
        Test = false,
        GrantedAt = At,
        LeaseUntil = At.AddSeconds(120),
        LiveUntil = At.AddMinutes(10),
        SeenAt = At.AddSeconds(1),
        View = "v1",
        Reaction = Reaction.Frustrated,
        ReactedAt = At.AddSeconds(2),
        Comment = "slow",
        CommentedAt = At.AddSeconds(3),
        DismissedAt = At.AddSeconds(4),
        Question = "How was it?",
        FollowUp = "Why?",
        DefinitionVersion = 3,
        DelaySeconds = 5,
    };

    private static readonly MomentDefinition Moment = new()
    {
        Event = "report_exported",
        Enabled = false,
        OncePerUser = true,
        Question = "How was it?",
        FollowUp = "Why?",
        SamplingRate = 12.5m,
        SamplingMode = SamplingMode.PerUser,
        CooldownHours = 1.5m,
        DelaySeconds = 5,
        StartsAt = At,
        EndsAt = At.AddDays(1),
        ResponseCap = 9,
        Audience = [new AudienceRule("trait.plan", AudienceOperator.IsNot, "free")],
        Translations = ImmutableSortedDictionary<string, Wording>.Empty.Add("de", new Wording("Wie war es?", null)),
        Version = 3,
    };

    private static readonly ApiKey Key = new("0123456789abcdef", KeyKind.Test, "hash", "pk_test_1", At);

    private static readonly KeptAnswer Answered = new(201, "application/json", "/api/v1/moments/report_exported", "\"3\"", "AAECAw==");

    private static readonly PlanLimits Plan = new("pro", 250_000, 25, 10, 180, 1_000);

    private static readonly WorkspaceSnapshot Workspace = new(
        "acme", "Acme", 3, ImmutableSortedDictionary<string, MomentDefinition>.Empty.Add(Moment.Event, Moment),
        new WorkspaceSettings(["https://acme.com"], RequireVerifiedIdentity: true, QuietPeriodHours: 2.5m, new Theme("#123456", "dark", "top-left"), RetentionDays: 30),
        Plan, [Key], [new Member("owner@acme.com", MemberRole.Owner)], "secret");

    private static readonly Account Owner = new()
    {
        Email = "owner@acme.com",
        PasswordHash = "hash",
        SecurityStamp = "stamp",
        AccessFailedCount = 2,
        LockoutEnd = At,
        Workspaces = ["acme"],
        Etag = "7",
    };

    /// <summary>By the type's name.</summary>
    public static ImmutableSortedDictionary<string, object> All { get; } = new object[]
    {
        new FireBatch([new IncomingEvent(Id, "report_exported", At, TimeSpan.FromSeconds(4))], Ada, "b1", new PageContext("https://acme.com/reports", "en-GB", "desktop"), At, IsBot: true),
        new FireBatchAnswer([new FireAnswer(Id, FireStatus.Duplicate, Verdict.Shown, At, Asked)], "u:ada"),
        new PromptAnswer(Id, PromptStep.Comment, "v1", Reaction.Neutral, "slow"),
        new AnswerOutcome(AnswerStatus.Moved, "u:ada"),
        new NewWorkspace("Acme", Plan, "owner@acme.com", [Key], "secret"),
        new MomentSaved(SaveStatus.Changed, Moment, ImmutableSortedDictionary<string, string>.Empty.Add("event", "bad")),
        new CatalogReading(2, [new ObservedEvent("report_exported", At, At.AddHours(1), Counted, 8)]),
        new TotalsChanged([new EventTotals("report_exported", 2, At, At.AddHours(1), Counted, At, Counted)]),
        new FiresCommitted(Id, 6, [new RecentFire(Id, "report_exported", At, At.AddSeconds(1), "ada", Verdict.Cooldown, At.AddHours(2), Test: true)]),
        new AnswersCommitted([Id]),
        new Webhook
        {
            Id = "wh_1",
            Url = "https://acme.com/hooks",
            Events = WebhookEvents.ReactionCreated | WebhookEvents.AlertRaised,
            Enabled = false,
            Description = "Billing",
            Secret = "whsec_1",
            OldSecret = "whsec_0",
            OldSecretUntil = At.AddDays(1),
            CreatedAt = At,
            Stop = WebhookStop.Gone,
            StoppedAt = At.AddHours(1),
        },
        new WebhookEdit("https://acme.com/hooks", WebhookEvents.CommentCreated, Enabled: true, "Billing"),
        new ToldFact("moment.created", At, "{}", "moment.created report_exported 3", ["wh_1"]),
        new KeyEdit("Staging", RequestsPerSecond: 5, ["https://staging.acme.com"]),
        new SettingsSaved(SaveStatus.Changed, 7),
        new IdempotencyStart(IdempotencyStatus.Answered, Answered),
        new IdempotencyState
        {
            Requests = ImmutableSortedDictionary.Create<string, KeptRequest>(StringComparer.Ordinal).Add("hash", new KeptRequest("print", Id, At, Answered)),
        },
        new UserHistory(4, Ada, new LinkedKey("u:ada", Verified: true), [new LinkedKey("a:b1", Verified: false)], [Asked]),
        new TenantState { Document = Workspace },
        new KeyState { Owner = new KeyOwner("acme", Key.Id, KeyKind.Secret) },
        new AccountState { Account = Owner, Links = [new OfferedLink("hash", At)] },
    }.ToImmutableSortedDictionary(static sample => sample.GetType().Name, static sample => sample, StringComparer.Ordinal);

    /// <summary>Everything in it, whatever its own equality leaves out.</summary>
    public static string Text(object sample) => JsonSerializer.Serialize(sample, sample.GetType());
}
