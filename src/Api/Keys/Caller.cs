using System.Security.Claims;
using Conclude.Grains;
using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;
using Conclude.Ledger;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Conclude.Api.Keys;

/// <summary>Who calls: a key in force and its workspace's configuration. Resolved once for each request.</summary>
internal sealed class Caller
{
    private const string WorkspaceClaim = "workspace";

    public Caller(WorkspaceSnapshot workspace, ApiKey key)
    {
        Workspace = workspace;
        Key = key;
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, key.Id), new Claim(WorkspaceClaim, workspace.Workspace)], ApiKeyAuthentication.Scheme);
        Authenticated = AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), ApiKeyAuthentication.Scheme));
    }

    public WorkspaceSnapshot Workspace { get; }

    public ApiKey Key { get; }

    public string WorkspaceId => Workspace.Workspace;

    /// <summary>The workspace in this key's hands: the grain decides whether it is still in force.</summary>
    public ActingTenant Tenant(IGrainFactory grains) => grains.Tenant(WorkspaceId).As(Author.Key(Key.Id));

    public bool IsTest => Key.Kind == KeyKind.Test;

    public AuthenticateResult Authenticated { get; }

    /// <summary>The caller that the request was let in as.</summary>
    public static Caller Of(HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("This route is not behind the key.");

    /// <summary>Makes a caller a parameter of handlers.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => new(Of(context));
}
