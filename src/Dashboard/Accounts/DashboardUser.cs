using System.Security.Claims;

namespace Conclude.Dashboard.Accounts;

/// <summary>Who is signed in, and in which workspace; read from the cookie's claims.</summary>
public sealed record DashboardUser(string Email, string Workspace)
{
    public const string WorkspaceClaim = "conclude:workspace";

    /// <returns>Null when the principal is not a member of any workspace.</returns>
    public static DashboardUser? From(ClaimsPrincipal principal) =>
        principal.FindFirstValue(ClaimTypes.Email) is { } email && principal.FindFirstValue(WorkspaceClaim) is { } workspace
            ? new DashboardUser(email, workspace)
            : null;
}
