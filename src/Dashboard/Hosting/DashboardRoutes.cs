namespace Conclude.Dashboard.Hosting;

/// <summary>The dashboard's addresses; pages' <c>@page</c> directives use them, and so does everything that links.</summary>
public static class DashboardRoutes
{
    public const string Home = "/";
    public const string SignIn = "/sign-in";
    public const string SignInLink = "/sign-in/link";
    public const string SignOut = "/sign-out";
    public const string Password = "/account/password";
    public const string Moments = "/moments";
    public const string Observed = "/moments/observed";
    public const string Responses = "/responses";
    public const string General = "/settings/general";
    public const string Embed = "/settings/embed";
    public const string Keys = "/settings/keys";
    public const string Billing = "/settings/billing";
    public const string Preview = "/_dashboard/preview";

    /// <summary>Names hold only characters that stand for themselves in a path.</summary>
    public static string Moment(string eventName) => $"{Moments}/{eventName}";

    public static string ResponsesOf(string eventName) => $"{Responses}?event={eventName}";
}
