using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Options;

namespace Conclude.Api.Demo;

/// <summary><c>/demo</c>: a small app that uses the public widget with the demo workspace's own key.</summary>
internal static class DemoRoutes
{
    private const string ResourcePrefix = "demo/";
    private const string Page = "demo.html";
    private const string Script = "<script>";
    private const string KeyPlace = "{{publishableKey}}";

    // The stub that an app carries in its page is the one script here that is no file: let in by its hash.
    private static readonly string ContentPolicy =
        $"default-src 'none'; script-src 'self' '{StubHash()}'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    public static void MapDemo(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/demo").ExcludeFromDescription().AllowAnonymous();
        group.MapGet("", GetPage);
        group.MapGet("{file}", GetFile);
    }

    private static async Task<IResult> GetPage(IOptions<DemoOptions> options, WorkspaceSnapshots snapshots, HttpContext context)
    {
        if (!options.Value.Enabled
            || (await snapshots.Get(options.Value.Workspace))?.NewestKey(KeyKind.Publishable)?.Plain is not { } key
            || Read(Page) is not { } page)
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.ContentSecurityPolicy = ContentPolicy;
        var html = Encoding.UTF8.GetString(page).Replace(KeyPlace, HtmlEncoder.Default.Encode(key), StringComparison.Ordinal);
        return TypedResults.Content(html, "text/html; charset=utf-8");
    }

    private static IResult GetFile(string file, IOptions<DemoOptions> options, HttpContext context)
    {
        if (!options.Value.Enabled || file == Page || Read(file) is not { } content || !ContentTypes.TryGetContentType(file, out var type))
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(content, type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type);
    }

    private static string StubHash()
    {
        var page = Encoding.UTF8.GetString(Read(Page)!);
        var start = page.IndexOf(Script, StringComparison.Ordinal) + Script.Length;
        var stub = page[start..page.IndexOf("</script>", start, StringComparison.Ordinal)];
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(stub)));
    }

    /// <returns>Null when there is no such file in this assembly.</returns>
    private static byte[]? Read(string file)
    {
        using var resource = typeof(DemoRoutes).Assembly.GetManifestResourceStream(ResourcePrefix + file);
        if (resource is null)
        {
            return null;
        }

        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
