using Conclude.Grains.Accounts;

namespace Conclude.Dashboard.Accounts;

/// <summary>An account while ASP.NET Core Identity works on it: Identity changes what it holds, the grain stores immutable records.</summary>
public sealed class DashboardAccount(Account stored)
{
    public Account Stored { get; set; } = stored;
}
