using Microsoft.AspNetCore.Http;

namespace Conclude.Dashboard.Hosting;

/// <summary>Light, dark or as the system says; kept in a cookie that the browser's half writes, so that no page flashes in the wrong one.</summary>
internal static class ThemeChoice
{
    public static string Of(HttpContext? http) => http?.Request.Cookies["conclude-theme"] is "light" or "dark" ? http.Request.Cookies["conclude-theme"]! : "auto";
}
