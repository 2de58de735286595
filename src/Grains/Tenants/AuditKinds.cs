namespace Conclude.Grains.Tenants;

/// <summary>What the audit log tells of: what it is about, a dot, what was done. Kept for 400 days, so never renamed.</summary>
public static class AuditKinds
{
    public const string WorkspaceCreated = "workspace.created";
    public const string PlanChanged = "workspace.plan_changed";
    public const string MomentCreated = "moment.created";
    public const string MomentChanged = "moment.changed";
    public const string MomentSwitchedOn = "moment.switched_on";
    public const string MomentSwitchedOff = "moment.switched_off";
    public const string MomentRemoved = "moment.removed";
    public const string SettingsChanged = "settings.changed";
    public const string KeyCreated = "key.created";
    public const string KeyChanged = "key.changed";
    public const string KeyRegenerated = "key.regenerated";
    public const string KeyRevoked = "key.revoked";
    public const string MemberInvited = "member.invited";
    public const string MemberInviteRevoked = "member.invite_revoked";
    public const string MemberJoined = "member.joined";
    public const string MemberRoleChanged = "member.role_changed";
    public const string MemberRemoved = "member.removed";
    public const string MemberLeft = "member.left";
    public const string NameBlocked = "name.blocked";
    public const string NameUnblocked = "name.unblocked";
    public const string WebhookCreated = "webhook.created";
    public const string WebhookChanged = "webhook.changed";
    public const string WebhookRemoved = "webhook.removed";
    public const string WebhookSecretRotated = "webhook.secret_rotated";
    public const string WebhookStopped = "webhook.stopped";
    public const string PersonErased = "person.erased";
}
