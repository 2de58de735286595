using Conclude.Grains.Accounts;
using Conclude.Grains.Catalog;
using Conclude.Grains.Idempotency;
using Conclude.Grains.Keys;
using Conclude.Grains.Moments;
using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;
using Conclude.Grains.Webhooks;

namespace Conclude.Grains;

/// <summary>
/// Builds and splits every grain key. A workspace id holds no separator, so what stands before the first one is always the
/// workspace, whatever the rest (an event name, a user key from outside) contains.
/// </summary>
public static class GrainKeys
{
    private const char Separator = '/';

    public static ITenantGrain Tenant(this IGrainFactory grains, string workspace) => grains.GetGrain<ITenantGrain>(Checked(workspace));

    public static ITenantWebhooks TenantWebhooks(this IGrainFactory grains, string workspace) => grains.GetGrain<ITenantWebhooks>(Checked(workspace));

    public static IWebhookGrain Webhook(this IGrainFactory grains, string workspace, string id) => grains.GetGrain<IWebhookGrain>(Join(workspace, id));

    public static ICatalogGrain Catalog(this IGrainFactory grains, string workspace) => grains.GetGrain<ICatalogGrain>(Checked(workspace));

    public static IMomentGrain Moment(this IGrainFactory grains, string workspace, string eventName) => grains.GetGrain<IMomentGrain>(Join(workspace, eventName));

    public static ISessionGrain Session(this IGrainFactory grains, string workspace, string userKey) => grains.GetGrain<ISessionGrain>(Join(workspace, userKey));

    /// <param name="hash">SHA-256 of the key, lower-case hex.</param>
    public static IKeyGrain Key(this IGrainFactory grains, string hash) => grains.GetGrain<IKeyGrain>(hash);

    public static IIdempotencyGrain Idempotency(this IGrainFactory grains, string workspace) => grains.GetGrain<IIdempotencyGrain>(Checked(workspace));

    public static IAccountGrain Account(this IGrainFactory grains, string email) => grains.GetGrain<IAccountGrain>(NormalizeEmail(email));

    public static string NormalizeEmail(string email) => email.Trim().ToLowerInvariant();

    /// <summary>Workspace ids are 1–40 of <c>a–z 0–9 -</c>.</summary>
    public static bool IsWorkspaceId(string id) =>
        id.Length is >= 1 and <= 40 && id.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    internal static string Join(string workspace, string rest) => Checked(workspace) + Separator + rest;

    internal static (string Workspace, string Key) Split(string key)
    {
        var at = key.IndexOf(Separator, StringComparison.Ordinal);
        return at > 0 ? (key[..at], key[(at + 1)..]) : throw new ArgumentException("Not a key inside a workspace.", nameof(key));
    }

    private static string Checked(string workspace) =>
        IsWorkspaceId(workspace) ? workspace : throw new ArgumentException("Not a workspace id.", nameof(workspace));
}
