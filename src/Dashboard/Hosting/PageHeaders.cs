using Microsoft.AspNetCore.Http;

namespace Conclude.Dashboard.Hosting;

/// <summary>What browsers are told of every page, also of one that says what went wrong (OWASP ASVS 4, chapter 14.4).</summary>
internal static class PageHeaders
{
    /// <summary>
    /// Everything is refused but what a page of ours needs, and that from this server alone: no script and no style sheet within a page, no
    /// <c>eval</c>. Style attributes are let in, and nothing else that stands in the markup: Radzen's dialogs and notifications, and our own bars,
    /// carry their sizes in them. An attribute can neither fetch (<c>img-src</c>, <c>font-src</c>) nor choose what else it applies to.
    /// </summary>
    public const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        + "frame-src 'self'; form-action 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'";

    private const string Unused =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), usb=()";

    public static void Set(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Unused;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
