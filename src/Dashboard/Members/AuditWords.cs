using Conclude.Grains.Tenants;
using Conclude.Ledger;

namespace Conclude.Dashboard.Members;

/// <summary>Entries of the audit log as sentences.</summary>
public static class AuditWords
{
    /// <summary>What can be asked for, by what stands before the dot of a kind.</summary>
    public static readonly (string Kind, string Label)[] Groups =
    [
        ("moment", "Moments"), ("settings", "Settings"), ("key", "Keys"), ("member", "Members and invites"), ("webhook", "Webhooks"), ("person", "Erased people"), ("name", "Blocked names"), ("workspace", "The workspace"),
    ];

    public static string Who(Author author) => author.Kind switch
    {
        AuthorKind.Member => author.Id,
        AuthorKind.Key => $"Key {author.Id[..Math.Min(8, author.Id.Length)]}",
        _ => "The operator",
    };

    /// <summary>What follows who: <c>changed the moment report_exported</c>.</summary>
    public static string What(AuditEntry entry) => entry.Kind switch
    {
        AuditKinds.WorkspaceCreated => "made the workspace",
        AuditKinds.PlanChanged => $"put the workspace on the plan {entry.Changes.FirstOrDefault(static c => c.Field == "plan")?.After}",
        AuditKinds.MomentCreated => $"made {entry.Subject} a moment",
        AuditKinds.MomentChanged => $"changed {Fields(entry)} of the moment {entry.Subject}",
        AuditKinds.MomentSwitchedOn => $"switched the moment {entry.Subject} on",
        AuditKinds.MomentSwitchedOff => $"switched the moment {entry.Subject} off",
        AuditKinds.MomentRemoved => $"removed the moment {entry.Subject}",
        AuditKinds.SettingsChanged => $"changed {Fields(entry)} in the settings",
        AuditKinds.KeyCreated => $"made the {KeyKindOf(entry)} key {Short(entry.Subject)}",
        AuditKinds.KeyChanged => $"changed {Fields(entry)} of the key {Short(entry.Subject)}",
        AuditKinds.KeyRegenerated => $"replaced the secret key by {Short(entry.Subject)}",
        AuditKinds.KeyRevoked => $"revoked the {KeyKindOf(entry)} key {Short(entry.Subject)}",
        AuditKinds.MemberInvited => $"invited {entry.Subject} as {Role(entry, after: true)}",
        AuditKinds.MemberInviteRevoked => $"revoked the invite of {entry.Subject}",
        AuditKinds.MemberJoined when entry.Changes.FirstOrDefault(static c => c.Field == "invitedBy") is { } by => $"joined as {Role(entry, after: true)}, invited by {by.After}",
        AuditKinds.MemberJoined => $"joined as {Role(entry, after: true)}",
        AuditKinds.MemberRoleChanged => $"made {entry.Subject}, {Role(entry, after: false)} before, {Role(entry, after: true)}",
        AuditKinds.MemberRemoved => $"removed {entry.Subject}",
        AuditKinds.MemberLeft => "left the workspace",
        AuditKinds.NameBlocked => $"blocked events called {entry.Subject}",
        AuditKinds.NameUnblocked => $"let events called {entry.Subject} in again",
        AuditKinds.WebhookCreated => $"made the webhook {entry.Subject}",
        AuditKinds.WebhookChanged => $"changed {Fields(entry)} of the webhook {entry.Subject}",
        AuditKinds.WebhookRemoved => $"removed the webhook {entry.Subject}",
        AuditKinds.WebhookSecretRotated => $"rotated the secret of the webhook {entry.Subject}",
        AuditKinds.WebhookStopped => $"disabled the webhook {entry.Subject} by itself",
        AuditKinds.PersonErased => $"had the person {entry.Subject} erased (a code in place of the id)",
        _ => $"{entry.Kind} {entry.Subject}".TrimEnd(),
    };

    /// <summary>Whether its fields tell more than the sentence does.</summary>
    public static bool HasMore(AuditEntry entry) => !entry.Changes.IsDefaultOrEmpty
        && entry.Kind is not (AuditKinds.MomentSwitchedOn or AuditKinds.MomentSwitchedOff)
        && (entry.Kind == AuditKinds.KeyChanged || !entry.Kind.StartsWith("key.", StringComparison.Ordinal)) && !entry.Kind.StartsWith("member.", StringComparison.Ordinal);

    /// <summary>A field's JSON name in words.</summary>
    public static string Field(string name) => name switch
    {
        "enabled" => "Switch",
        "eventsPerMonth" => "Events a month",
        "moments" => "Moments",
        "members" => "Members",
        "eventNames" => "Event names",
        "question" => "Question",
        "followUp" => "Follow-up",
        "oncePerUser" => "Once per person",
        "samplingRate" => "Sampling rate",
        "samplingMode" => "Sampling",
        "cooldownHours" => "Cooldown, hours",
        "delaySeconds" => "Delay, seconds",
        "startsAt" => "Starts",
        "endsAt" => "Ends",
        "responseCap" => "Response cap",
        "audience" => "Audience",
        "translations" => "Translations",
        "quietPeriodHours" => "Quiet period, hours",
        "theme.accent" => "Accent",
        "theme.mode" => "Light or dark",
        "theme.placement" => "Corner",
        "allowedOrigins" => "Allowed origins",
        "requireVerifiedIdentity" => "Verified identity",
        "retentionDays" => "Keep events for, days",
        "kind" => "Kind",
        "name" => "Name",
        "requestsPerSecond" => "Requests a second",
        "role" => "Role",
        "invitedBy" => "Invited by",
        "owner" => "Owner",
        "plan" => "Plan",
        _ => name,
    };

    private static string Fields(AuditEntry entry) => entry.Changes.Length switch
    {
        0 => "nothing",
        1 => Lower(entry.Changes[0]),
        2 => $"{Lower(entry.Changes[0])} and {Lower(entry.Changes[1])}",
        var count => $"{Lower(entry.Changes[0])}, {Lower(entry.Changes[1])} and {count - 2} more",
    };

    private static string Lower(AuditChange change)
    {
        var field = Field(change.Field).Split(',')[0];
        return char.ToLowerInvariant(field[0]) + field[1..];
    }

    private static string Role(AuditEntry entry, bool after)
    {
        var change = entry.Changes.FirstOrDefault(static c => c.Field == "role");
        return (after ? change?.After : change?.Before) switch { "owner" => "an owner", "admin" => "an admin", "viewer" => "a viewer", var other => other ?? "a member" };
    }

    private static string KeyKindOf(AuditEntry entry)
    {
        var change = entry.Changes.FirstOrDefault(static c => c.Field == "kind");
        return change?.After ?? change?.Before ?? "";
    }

    private static string Short(string id) => id[..Math.Min(8, id.Length)];
}
