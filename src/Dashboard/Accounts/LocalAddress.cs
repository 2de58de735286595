using Conclude.Dashboard.Hosting;

namespace Conclude.Dashboard.Accounts;

/// <summary>Where to go after signing in: only ever within this site.</summary>
public static class LocalAddress
{
    /// <summary>The address when it is a path of this site, else the home page.</summary>
    /// <remarks><c>//host</c> and <c>/\host</c> are other sites to a browser; control characters are dropped by it before it looks; and what is
    /// not ASCII is no address until it is escaped, and fits into no header.</remarks>
    public static string OrHome(string? address) =>
        address is { Length: > 0 } && address[0] == '/'
        && (address.Length == 1 || address[1] is not ('/' or '\\'))
        && address.All(static c => c is > ' ' and < '\x7f')
            ? address
            : DashboardRoutes.Home;
}
