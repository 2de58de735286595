namespace Conclude.Dashboard.Hosting;

/// <summary>The dashboard's addresses; pages' <c>@page</c> directives use them, and so does everything that links.</summary>
public static class DashboardRoutes
{
    public const string Home = "/";
    public const string SignIn = "/sign-in";
    public const string SignInLink = "/sign-in/link";
    public const string SignOut = "/sign-out";
    public const string SignOutEverywhere = "/sign-out/everywhere";
    public const string SwitchWorkspace = "/workspace";
    public const string Invite = "/invite";
    public const string Sessions = "/account/sessions";
    public const string Password = "/account/password";
    public const string Moments = "/moments";
    public const string Observed = "/moments/observed";
    public const string Responses = "/responses";
    public const string General = "/settings/general";
    public const string Embed = "/settings/embed";
    public const string Keys = "/settings/keys";
    public const string Members = "/settings/members";
    public const string Audit = "/settings/audit";
    public const string Webhooks = "/settings/webhooks";
    public const string Billing = "/settings/billing";
    public const string Privacy = "/settings/privacy";
    public const string People = "/people";
    public const string ResponsesFile = "/responses/export.csv";
    public const string PersonFile = "/settings/privacy/export.json";
    public const string Preview = "/_dashboard/preview";

    /// <summary>Names hold only characters that stand for themselves in a path.</summary>
    public static string Moment(string eventName) => $"{Moments}/{eventName}";

    /// <param name="tab">Null: the first.</param>
    public static string EmbedTab(string? tab) => tab is null ? Embed : $"{Embed}?show={tab}";

    public static string ResponsesOf(string eventName) => $"{Responses}?event={eventName}";

    /// <param name="userKey">May hold any character.</param>
    public static string Person(string userKey) => $"{People}/{Uri.EscapeDataString(userKey)}";
}
