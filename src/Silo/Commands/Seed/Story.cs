using System.Collections.Immutable;
using Conclude.Grains.Tenants;

namespace Conclude.Silo.Commands.Seed;

/// <summary>
/// The plot: an analytics product whose users come to like it, until a release makes exporting reports slow, and a fix makes it better
/// than it was.
/// </summary>
internal static class Story
{
    public const string Exported = "report_exported";
    public const string Onboarded = "onboarding_completed";

    /// <summary>The part of the time at which the release comes.</summary>
    private const double Release = 0.62;

    /// <summary>The part of the time at which its fix comes.</summary>
    private const double Fix = 0.80;

    /// <summary>What is asked about, the most telling first.</summary>
    public static ImmutableArray<MomentDefinition> Moments { get; } =
    [
        new()
        {
            Event = Exported, Question = "How was exporting this report?", FollowUp = "What got in your way?", SamplingRate = 60, CooldownHours = 168,
            Translations = Translated(
                ("de", "Wie lief der Export dieses Berichts?", "Was hat gestört?"),
                ("fr", "Comment s’est passé l’export de ce rapport ?", "Qu’est-ce qui vous a gêné ?"),
                ("ja", "レポートの書き出しはいかがでしたか？", "何が気になりましたか？")),
        },
        new() { Event = Onboarded, Question = "How was getting started?", FollowUp = "What was unclear?", OncePerUser = true, DelaySeconds = 2 },
        new() { Event = "search_performed", Question = "Did you find what you were looking for?", FollowUp = "What were you looking for?", SamplingRate = 15, CooldownHours = 168 },
        new() { Event = "dashboard_shared", Question = "How was sharing this dashboard?", FollowUp = "What would have made it easier?", SamplingRate = 50, SamplingMode = SamplingMode.PerUser, CooldownHours = 336 },
        new()
        {
            Event = "data_imported", Question = "How was importing your data?", FollowUp = "What went wrong?", CooldownHours = 72,
            Audience = [new AudienceRule("trait.plan", AudienceOperator.IsNot, "free")],
        },
        new() { Event = "invoice_downloaded", Question = "Was billing what you expected?", FollowUp = "What surprised you?", CooldownHours = 720 },
        new() { Event = "alert_created", Question = "How was setting up this alert?", FollowUp = "What was missing?", Enabled = false },
    ];

    /// <summary>What people do besides, and how often: some of it is named as only mistakes are.</summary>
    private static readonly (string Event, double Weight)[] Others =
    [
        ("dashboard_opened", 30), ("chart_opened", 18), ("filter_applied", 14), ("report_opened", 9), ("comment_added", 3), ("invite_sent", 1.2),
        ("settings_changed", 1), ("help_opened", 0.9), ("exportClicked", 0.8), ("keyboard_shortcut_used", 0.7), ("dashbord_opened", 0.15), ("theme_changed", 0.1),
    ];

    private static readonly double[] Weights = [7, 0, 9, 2.2, 1.4, 0.5, 0.6];

    private static readonly string[] Things = ["account", "board", "budget", "campaign", "contact", "export", "folder", "forecast", "goal", "integration", "label", "metric", "segment", "task"];
    private static readonly string[] Deeds = ["archived", "assigned", "closed", "connected", "created", "deleted", "duplicated", "edited", "merged", "moved", "opened", "pinned", "renamed", "restored", "shared"];

    /// <summary>So many moments: those of the plot, then others of little use.</summary>
    public static IEnumerable<MomentDefinition> Take(int moments) => Moments
        .Concat(Deeds.SelectMany(static _ => Things, static (deed, thing) => new MomentDefinition
        {
            Event = $"{thing}_{deed}",
            Question = $"How was it to have this {thing} {deed}?",
            FollowUp = "What could be better?",
            CooldownHours = 336,
        }))
        .Take(moments);

    /// <summary>Every event that happens of itself, with how often it does beside the others.</summary>
    public static (string Event, double Weight)[] Happenings(int moments) =>
    [
        .. Others,
        .. Take(moments).Select(static (moment, i) => (moment.Event, i < Weights.Length ? Weights[i] : 6.0 / (i + 1))).Where(static e => e.Item2 > 0),
    ];

    /// <summary>How likely a reaction is.</summary>
    /// <param name="part">How much of the time has passed, 0–1.</param>
    public static (double Positive, double Neutral) Mood(string moment, double part) => moment switch
    {
        Exported when IsSlow(part) => (0.24, 0.22),
        Exported when part >= Fix => (0.78, 0.15),
        Exported => (0.66, 0.22),
        Onboarded => (0.58 + (0.2 * part), 0.24),
        "search_performed" => (0.38, 0.30),
        "data_imported" => (0.52, 0.26),
        "invoice_downloaded" => (0.49, 0.36),
        _ => (0.68, 0.21),
    };

    /// <summary>Between the release and its fix.</summary>
    public static bool IsSlow(double part) => part is >= Release and < Fix;

    private static ImmutableSortedDictionary<string, Wording> Translated(params (string Language, string Question, string FollowUp)[] wordings) =>
        wordings.ToImmutableSortedDictionary(static w => w.Language, static w => new Wording(w.Question, w.FollowUp), StringComparer.Ordinal);
}
