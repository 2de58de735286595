using System.Security.Claims;
using Conclude.Ledger;

namespace Conclude.Dashboard.Accounts;

/// <summary>Who is signed in, and in which workspace; read from the cookie's claims.</summary>
public sealed record DashboardUser(string Email, string Workspace)
{
    public const string WorkspaceClaim = "conclude:workspace";
    public const string SessionClaim = "conclude:session";

    /// <summary>The session of this browser, and the stamp it began with.</summary>
    public string Session { get; init; } = "";

    public string Stamp { get; init; } = "";

    /// <summary>As the workspace knows who changes something.</summary>
    public Author Author => Author.Member(Email);

    /// <returns>Null when the principal is not a member of any workspace.</returns>
    public static DashboardUser? From(ClaimsPrincipal principal) =>
        principal.FindFirstValue(ClaimTypes.Email) is { } email && principal.FindFirstValue(WorkspaceClaim) is { } workspace
            ? new DashboardUser(email, workspace) { Session = principal.FindFirstValue(SessionClaim) ?? "", Stamp = principal.FindFirstValue(DashboardPrincipals.StampClaim) ?? "" }
            : null;
}
