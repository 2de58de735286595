using System.Net;
using System.Net.Sockets;
using System.Text;
using Conclude.Api.Tests.Hosting;
using Conclude.Testing;

namespace Conclude.Api.Tests.Whole;

/// <summary>Requests that were answered with a fault of ours, or touched the wrong person, until somebody tried them.</summary>
public sealed class HostileRequestTests(WholeServer server) : IClassFixture<WholeServer>
{
    [Theory]
    [InlineData("https://\u202e.com")]
    [InlineData("https://ex\u00e4mple.com")]
    public async Task An_origin_that_fits_into_no_header_is_answered(string origin)
    {
        var workspace = await TestWorkspace.Create(server.Api);
        var answer = await Raw($"GET /api/v1/widget/config?key={workspace.Publishable} HTTP/1.1\r\nHost: x\r\nOrigin: {origin}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains("Access-Control-Allow-Origin: *\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /moments HTTP/1.1\r\nHost: x:99999")]
    [InlineData("GET /nowhere HTTP/1.1\r\nHost: x:99999")]
    [InlineData("GET /_blazor/initializers HTTP/1.1\r\nHost: x:99999")]
    [InlineData("GET /_blazor/initializers HTTP/1.1\r\nHost: x\r\nOrigin: javascript:x", 403)]
    [InlineData("GET /_blazor/initializers HTTP/1.1\r\nHost: x\r\nOrigin: http://x:0", 403)]
    public async Task A_host_or_an_origin_that_is_none_is_refused(string head, int status = 400) =>
        Assert.StartsWith($"HTTP/1.1 {status}", await Raw(head + "\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("/health/ready", 200)]
    [InlineData("/sign-in", 400)]
    public async Task A_probe_that_names_no_host_is_answered(string path, int status) =>
        Assert.Contains($" {status} ", (await Raw($"GET {path} HTTP/1.0\r\n\r\n")).Split('\r')[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("/sign-in", "multipart/form-data")]
    [InlineData("/sign-in", "multipart/form-data; boundary=")]
    [InlineData("/sign-out", "multipart/form-data; boundary=")]
    [InlineData("/workspace", "multipart/form-data; boundary=")]
    [InlineData("/_blazor/disconnect", "multipart/form-data; boundary=")]
    [InlineData("/sign-in", "multipart/form-data; boundary=x")]
    [InlineData("/sign-out", "multipart/form-data; boundary=x")]
    [InlineData("/workspace", "multipart/form-data; boundary=x")]
    [InlineData("/_blazor/disconnect", "multipart/form-data; boundary=x")]
    [InlineData("/sign-in", "application/x-www-form-urlencoded")]
    [InlineData("/sign-out", "application/x-www-form-urlencoded")]
    [InlineData("/workspace", "application/x-www-form-urlencoded")]
    [InlineData("/_blazor/disconnect", "application/x-www-form-urlencoded")]
    public async Task A_form_that_cannot_be_read_is_refused(string path, string type)
    {
        var owner = $"owner{Guid.NewGuid():N}@example.com";
        await TestWorkspace.Create(server.Api, owner: owner);
        using var browser = await server.SignIn(owner);
        using var form = new ByteArrayContent(Encoding.ASCII.GetBytes(new string('n', 5_000) + "=1"));
        form.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await browser.PostAsync(path, form);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_cookie_that_cannot_be_read_fills_no_log()
    {
        using var browser = server.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.TryAddWithoutValidation("Cookie", "conclude-forms=CfDJ8garbage; conclude=CfDJ8garbage");
        using var page = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        // A cookie of its own instead: the form can be sent.
        Assert.Contains(page.Headers.GetValues("Set-Cookie"), static cookie => cookie.StartsWith("conclude-forms=", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Api.Log.Lines, static line => line.Contains("ntiforgery", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("externalId=%00")]
    [InlineData("externalId=a%00b")]
    [InlineData("anonymousId=%00")]
    public async Task Nobody_is_called_by_a_control_character(string query)
    {
        var owner = $"owner{Guid.NewGuid():N}@example.com";
        await TestWorkspace.Create(server.Api, owner: owner);
        using var browser = await server.SignIn(owner);
        using var answer = await browser.GetAsync("/settings/privacy/export.json?" + query);
        await TestWorkspace.Problem(answer, 404, "not_found");
    }

    [Theory]
    [InlineData("a\0@example.com")]
    [InlineData("\0")]
    public async Task No_account_has_an_address_that_cannot_be_stored(string email)
    {
        using var browser = server.Browser();
        using var form = new FormUrlEncodedContent(
        [
            new("_handler", "sign-in"), new("Input.Email", email), new("Input.Password", WholeServer.Password),
            new(AntiforgeryToken.Name, AntiforgeryToken.In(await browser.GetStringAsync("/sign-in"))),
        ]);
        using var answer = await browser.PostAsync("/sign-in", form);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);

        using var link = await browser.GetAsync($"/sign-in/link?token={Convert.ToBase64String(Encoding.UTF8.GetBytes(email)).Replace('+', '-').Replace('/', '_').TrimEnd('=')}.x");
        Assert.Equal("/sign-in?link=used", link.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Addresses_that_are_kept_apart_are_looked_up_apart_and_those_that_are_one_as_one()
    {
        await TestWorkspace.Create(server.Api, owner: "sam@example.com");
        await TestWorkspace.Create(server.Api, owner: "\u017fam@example.com");
        await TestWorkspace.Create(server.Api, owner: "kim@example.com");
        foreach (var (typed, account) in new[] { ("\u017fam@example.com", "\u017fam@example.com"), ("Sam@Example.com", "sam@example.com"), ("\u212aim@example.com", "kim@example.com") })
        {
            using var browser = await server.SignIn(typed);
            Assert.Contains(WebUtility.HtmlEncode(account), WebUtility.HtmlDecode(await browser.GetStringAsync("/account/sessions")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_is_to_be_erased_is_who_the_address_names_however_it_ends()
    {
        var workspace = await TestWorkspace.Create(server.Api);
        foreach (var id in new[] { "x/y", ".", "x%2Fy", "y", "\ufffd" })
        {
            await workspace.Fire(new { externalId = id, email = "odd@acme.com" }, "page_viewed");
        }

        foreach (var (path, id) in new[] { ("x%2Fy", "x/y"), ("x%2fy/.", "x/y"), ("x%2Fy/", "x/y"), ("z/../x%2Fy", "x/y"), ("x%252Fy", "x%2Fy"), ("x%252Fy/.", "x%2Fy"), ("%79", "y") })
        {
            var answer = await Raw($"GET /api/v1/users/{path} HTTP/1.1\r\nHost: x\r\nx-conclude-api-key: {workspace.SecretKey}\r\nConnection: close\r\n\r\n");
            Assert.Contains($"\"externalId\":\"{id}\"", answer, StringComparison.Ordinal);
        }

        Assert.Equal("\ufffd", (string?)(await workspace.Get("users/%EF%BF%BD"))["user"]!["externalId"]);
        Assert.StartsWith("HTTP/1.1 204", await Raw($"DELETE /api/v1/users/x%2Fy/. HTTP/1.1\r\nHost: x\r\nx-conclude-api-key: {workspace.SecretKey}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, "users/x%2Fy"), 404, "not_found");
        Assert.Equal("x%2Fy", (string?)(await workspace.Get("users/x%252Fy"))["user"]!["externalId"]);
    }

    [Fact]
    public async Task An_id_that_nobody_can_have_is_not_found()
    {
        var workspace = await TestWorkspace.Create(server.Api);
        foreach (var path in new[] { "users/" + new string('x', 201), "browsers/%0A", "users/%C2%85" })
        {
            await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Get, path), 404, "not_found");
            await TestWorkspace.Problem(await workspace.Managed(HttpMethod.Delete, path), 404, "not_found");
        }
    }

    private async Task<string> Raw(string request)
    {
        using TcpClient client = new();
        await client.ConnectAsync(server.Api.Address.Host, server.Api.Address.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request), TestContext.Current.CancellationToken);
        using StreamReader answer = new(client.GetStream(), Encoding.UTF8);
        return await answer.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
