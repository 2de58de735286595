using System.Net;
using Conclude.Dashboard.Accounts;
using Conclude.Grains;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that a session that was ended opens nothing at its next request, and that only its own account ends it.</summary>
public sealed class SessionTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Fact]
    public async Task Signing_out_everywhere_ends_the_other_browsers_and_needs_the_pages_own_form()
    {
        await host.AddStranger("everywhere@example.com");
        await host.AddMember("everywhere@example.com", Grains.Tenants.MemberRole.Viewer);
        using var phone = host.Browser();
        using var laptop = host.Browser();
        await phone.SignIn("everywhere@example.com", DashboardHost.Password);
        await laptop.SignIn("everywhere@example.com", DashboardHost.Password);

        Assert.Equal(HttpStatusCode.BadRequest, (await laptop.PostAsync("/sign-out/everywhere", content: null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync("/moments")).StatusCode);
        Assert.Equal("/sign-in", (await laptop.Submit("/account/sessions", "/sign-out/everywhere", [])).Path());

        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/moments")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await laptop.GetAsync("/moments")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await phone.PostAsync("/_blazor/negotiate?negotiateVersion=1", content: null)).StatusCode);
    }

    [Fact]
    public async Task One_session_ends_alone_and_nobody_ends_anothers()
    {
        await host.AddMember("one@example.com", Grains.Tenants.MemberRole.Viewer);
        await host.AddMember("foe@example.com", Grains.Tenants.MemberRole.Owner);
        using var phone = host.Browser();
        using var laptop = host.Browser();
        using var foe = host.Browser();
        await phone.SignIn("one@example.com", DashboardHost.Password);
        var first = Assert.Single(await host.Grains.Account("one@example.com").Sessions()).Id;
        await laptop.SignIn("one@example.com", DashboardHost.Password);
        await foe.SignIn("foe@example.com", DashboardHost.Password);

        await foe.Submit("/account/sessions", "/account/sessions", new() { ["_handler"] = "sessions", ["Input.End"] = first });
        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync("/moments")).StatusCode);
        Assert.Equal("/account/sessions", (await laptop.Submit("/account/sessions", "/account/sessions", new() { ["_handler"] = "sessions", ["Input.End"] = first })).Path());

        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/moments")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await laptop.GetAsync("/moments")).StatusCode);
    }

    [Fact]
    public async Task A_new_password_signs_the_other_browsers_out_at_once()
    {
        await host.AddMember("changing@example.com", Grains.Tenants.MemberRole.Viewer);
        using var phone = host.Browser();
        using var laptop = host.Browser();
        await phone.SignIn("changing@example.com", DashboardHost.Password);
        await laptop.SignIn("changing@example.com", DashboardHost.Password);

        await laptop.Submit("/account/password", "/account/password", new() { ["_handler"] = "password", ["Input.Current"] = DashboardHost.Password, ["Input.Chosen"] = "four unrelated words here" });

        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/moments")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await laptop.GetAsync("/moments")).StatusCode);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36", "Chrome on Windows")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Linux")]
    [InlineData("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("curl/8.0", "Unknown browser")]
    [InlineData(null, "Unknown browser")]
    public void A_user_agent_is_told_in_a_few_words(string? userAgent, string device) => Assert.Equal(device, DeviceName.Of(userAgent));
}
