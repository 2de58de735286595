using Microsoft.AspNetCore.Http;

namespace Conclude.Dashboard.Hosting;

/// <summary>The viewer's time zone; kept in a cookie that the browser's half writes, so that the first HTML already shows times as they read them.</summary>
internal static class ViewerZone
{
    public static string? Of(HttpContext http) => http.Request.Cookies["conclude-zone"];
}
