namespace Conclude.Ledger.Tests;

/// <summary>Plausible facts; a test states only what it is about.</summary>
internal static class Facts
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    public const string Acme = "acme";
    public const string Export = "report_exported";
    public const string Ada = "u:ada";

    public static readonly Person AdaFacts = Person.Nobody with { ExternalId = "ada", Email = "ada@acme.com", Name = "Ada" };

    public static Fire Fire(
        string name = Export, string user = Ada, DateTimeOffset? at = null, Verdict verdict = Verdict.NoMoment, string workspace = Acme,
        bool test = false, bool isMoment = false, FireLimits? limits = null, Guid? id = null) => new()
        {
            Workspace = workspace,
            Id = id ?? Guid.CreateVersion7(),
            Event = name,
            UserKey = user,
            At = at ?? Noon,
            ReceivedAt = at ?? Noon,
            Verdict = verdict,
            Test = test,
            IsMoment = isMoment,
            Limits = limits ?? FireLimits.None,
            UserLabel = user[2..],
        };

    /// <summary>A fire that asks.</summary>
    public static Fire Granted(long version, int? cap = null, string user = Ada, DateTimeOffset? at = null, bool test = false, string name = Export, string workspace = Acme)
    {
        var fire = Fire(name, user, at, Verdict.Shown, workspace, test, isMoment: true);
        return fire with { Grant = new Grant(Prompt(fire), version, cap, AdaFacts, new PageContext("https://app.acme.com/reports", "en-GB", "desktop")) };
    }

    public static Prompt Prompt(Fire fire) => new()
    {
        Id = Guid.NewGuid(),
        Event = fire.Event,
        UserKey = fire.UserKey,
        Test = fire.Test,
        GrantedAt = fire.ReceivedAt,
        LeaseUntil = fire.ReceivedAt.AddSeconds(120),
        LiveUntil = fire.ReceivedAt.AddSeconds(120),
        Question = "How did the export go?",
        FollowUp = "What went wrong?",
        DefinitionVersion = 7,
        DelaySeconds = 2,
    };

    public static PromptChange Seen(Prompt prompt, long version, DateTimeOffset at, string fence = "") => Change(
        PromptStep.Seen, prompt, prompt with { SeenAt = at, View = "view-1", LiveUntil = at.AddMinutes(10) }, version, fence);

    public static PromptChange React(Prompt prompt, long version, DateTimeOffset at, Reaction reaction = Reaction.Frustrated, string fence = "") => Change(
        PromptStep.Reaction, prompt, prompt with { SeenAt = prompt.SeenAt ?? at, Reaction = reaction, ReactedAt = at, LiveUntil = reaction is Reaction.Positive ? at : prompt.LiveUntil },
        version, fence);

    public static PromptChange Say(Prompt prompt, long version, DateTimeOffset at, string comment = "It took ages.") => Change(
        PromptStep.Comment, prompt, prompt with { Comment = comment, CommentedAt = at, LiveUntil = at }, version, "");

    public static PromptChange Dismiss(Prompt prompt, long version, DateTimeOffset at) => Change(
        PromptStep.Dismiss, prompt, prompt with { DismissedAt = at, LiveUntil = at }, version, "");

    public static async Task<FireResult> Append(this ILedger ledger, Fire fire) => Assert.Single(await ledger.Append([fire]));

    public static async Task<Counters> AllTime(this ILedger ledger, string name = Export, string workspace = Acme) =>
        (await ledger.ReadNames(workspace, name, Noon)) is [var known] ? known.AllTime : Counters.Zero;

    private static PromptChange Change(PromptStep step, Prompt before, Prompt after, long version, string fence) =>
        new(Acme, fence.Length == 0 ? before.UserKey : fence, version, step, before, after);
}
