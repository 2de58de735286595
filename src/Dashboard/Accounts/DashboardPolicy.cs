namespace Conclude.Dashboard.Accounts;

/// <summary>The authorization policy of every page: a signed-in member of the workspace. Its scheme is its own, apart from API keys.</summary>
public static class DashboardPolicy
{
    public const string Name = "dashboard";
}
