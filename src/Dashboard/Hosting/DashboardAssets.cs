using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Conclude.Dashboard.Hosting;

/// <summary>
/// Serves the files that are embedded in this assembly under <c>/_dashboard/{version}/</c>, cacheable for a year because the
/// version is a hash of all of them, and Blazor's own script at the address it must have.
/// </summary>
public static class DashboardAssets
{
    private const string Prefix = "asset/";
    private const string BlazorScript = "blazor.web.js";
    private const string StyleSheet = "dashboard.css";

    // The cascade: tokens first, so that each later file may use them.
    private static readonly string[] StyleSheets =
    [
        "tokens.css", "shell.css", "controls.css", "tables.css", "pages.css",
        "moments.css", "drawer.css", "moment.css", "observed.css", "responses.css", "settings.css", "members.css",
        "radzen-theme.css",
    ];

    private static readonly FrozenDictionary<string, DashboardAsset> Files = Load();

    private static readonly string Version = Fingerprint();

    /// <summary>False when the assembly was built with <c>BlazorScript=Package</c>: then the SDK's static web asset is used.</summary>
    public static bool CarriesBlazorScript => Files.ContainsKey(BlazorScript);

    /// <summary>The address of an embedded file, for <c>href</c> and <c>src</c>.</summary>
    public static string Url(string name) => $"/_dashboard/{Version}/{name}";

    public static string BlazorScriptUrl => CarriesBlazorScript ? $"/_framework/{BlazorScript}?v={Files[BlazorScript].Hash}" : $"/_framework/{BlazorScript}";

    internal static void MapDashboardAssets(this IEndpointRouteBuilder app)
    {
        app.MapGet("/_dashboard/{version}/{name}", (string version, string name, HttpContext http) =>
            Files.TryGetValue(name, out var file) ? Send(file, http, immutable: version == Version) : Results.NotFound())
            .AllowAnonymous().ExcludeFromDescription();

        if (CarriesBlazorScript)
        {
            app.MapGet($"/_framework/{BlazorScript}", (string? v, HttpContext http) =>
                Send(Files[BlazorScript], http, immutable: v == Files[BlazorScript].Hash))
                .AllowAnonymous().ExcludeFromDescription();
        }
        else
        {
            app.MapStaticAssets();
        }
    }

    private static IResult Send(DashboardAsset file, HttpContext http, bool immutable)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = immutable ? "public, max-age=31536000, immutable" : "no-cache";
        headers.XContentTypeOptions = "nosniff";
        var brotli = false;
        if (file.Compressible)
        {
            headers.Vary = HeaderNames.AcceptEncoding;
            brotli = http.Request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value == "br" && e.Quality is not 0);
            if (brotli)
            {
                headers.ContentEncoding = "br";
            }
        }

        // The two forms differ in bytes, so they differ in their strong tag.
        var tag = new EntityTagHeaderValue($"\"{file.Hash}{(brotli ? "-br" : "")}\"");
        return Results.Bytes(brotli ? file.Brotli : file.Content, file.ContentType, entityTag: tag);
    }

    private static FrozenDictionary<string, DashboardAsset> Load()
    {
        var assembly = typeof(DashboardAssets).Assembly;
        var raw = assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(n => n[Prefix.Length..], Read, StringComparer.Ordinal);

        var sheet = string.Join('\n', StyleSheets.Select(name => Encoding.UTF8.GetString(raw[name])));
        foreach (var name in StyleSheets)
        {
            raw.Remove(name);
        }

        raw[StyleSheet] = Encoding.UTF8.GetBytes(sheet);

        // Radzen's sheet looks for its icon font beside its own package layout; ours is flat.
        var radzen = Encoding.UTF8.GetString(raw["radzen.css"]).Replace("../fonts/MaterialSymbolsOutlined.woff2", "symbols.woff2", StringComparison.Ordinal);
        raw["radzen.css"] = Encoding.UTF8.GetBytes(RadzenSheet.Needed(radzen));

        return raw.ToFrozenDictionary(f => f.Key, f => new DashboardAsset(ContentType(f.Key), f.Value), StringComparer.Ordinal);

        byte[] Read(string name)
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }

    private static string Fingerprint()
    {
        var all = string.Concat(Files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Key + f.Value.Hash));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..12];
    }

    private static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        _ => "application/octet-stream",
    };
}
