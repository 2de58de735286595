using System.Buffers.Binary;
using System.Net;
using System.Text.RegularExpressions;
using Conclude.Grains;
using Conclude.Grains.Accounts;
using Conclude.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves who gets in, how often they may try, and that everybody else sees nothing.</summary>
public sealed partial class SignInTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Theory]
    [InlineData("/moments")]
    [InlineData("/moments/observed")]
    [InlineData("/moments/report_exported")]
    [InlineData("/responses")]
    [InlineData("/settings/embed")]
    [InlineData("/settings/members")]
    [InlineData("/settings/audit")]
    [InlineData("/account/password")]
    [InlineData("/account/sessions")]
    public async Task A_stranger_is_asked_to_sign_in(string page)
    {
        using var browser = host.Browser();

        var response = await browser.GetAsync(page);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/sign-in?returnUrl=" + Uri.EscapeDataString(page), response.Path());
    }

    [Fact]
    public async Task The_circuit_is_closed_to_strangers()
    {
        using var browser = host.Browser();

        var response = await browser.PostAsync("/_blazor/negotiate?negotiateVersion=1", content: null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task The_owner_signs_in_and_lands_where_they_wanted_to_go()
    {
        using var browser = host.Browser();

        var response = await browser.SignIn("Owner@Example.com ", DashboardHost.Password, "/responses?event=x");

        Assert.Equal("/responses?event=x", response.Path());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/moments")).StatusCode);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("///evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("https:/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("/\t/evil.example")]
    [InlineData("\t//evil.example")]
    [InlineData("/\n/evil.example")]
    [InlineData(" //evil.example")]
    [InlineData("%2F%2Fevil.example")]
    [InlineData("@evil.example")]
    [InlineData(".evil.example")]
    [InlineData("/.//evil.example")]
    [InlineData("/..//evil.example")]
    [InlineData("/moments/..//evil.example")]
    [InlineData("/%2F/evil.example")]
    [InlineData("/%2Fevil.example")]
    [InlineData("/%5Cevil.example")]
    [InlineData("/%09/evil.example")]
    [InlineData("/moments\r\nSet-Cookie: a=b")]
    [InlineData("/\u2028/evil.example")]
    public async Task Nobody_is_sent_to_another_site(string wanted)
    {
        using var browser = host.Browser();

        using var answer = await browser.SignIn(DashboardHost.Owner, DashboardHost.Password, wanted);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var location = Assert.Single(answer.Headers.GetValues("Location"));
        Assert.Equal(browser.BaseAddress!.Authority, new Uri(browser.BaseAddress, location).Authority);
        // As a browser reads it, which takes backslashes for slashes and drops control characters.
        Assert.DoesNotMatch("^/[\\s]*[/\\\\]", location);
        Assert.DoesNotContain(answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [], static c => c.StartsWith("a=b", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/moments")).StatusCode);
    }

    [Fact]
    public async Task Neither_the_answer_nor_its_time_says_which_addresses_have_an_account()
    {
        await host.AddStranger("known@example.com");
        await host.AddStranger("shut@example.com");
        var shut = (await host.Grains.Account("shut@example.com").Find())!;
        await host.Grains.Account("shut@example.com").Save(shut with { LockoutEnd = TimeProvider.System.GetUtcNow().AddHours(1) });
        await host.Grains.Account("linked@example.com").Join("acme");

        List<string> answers = [];
        foreach (var email in new[] { "known@example.com", "nobody@example.com", "shut@example.com", "linked@example.com" })
        {
            using var browser = host.Browser();
            var token = AntiforgeryToken.In(await browser.GetStringAsync("/sign-in"));
            var started = TimeProvider.System.GetTimestamp();
            using var answer = await browser.PostAsync("/sign-in", new FormUrlEncodedContent([new("_handler", "sign-in"), new("Input.Email", email), new("Input.Password", "wrong"), new(AntiforgeryToken.Name, token)]));
            Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(590), $"{email} was refused sooner than the others.");
            var html = await answer.Content.ReadAsStringAsync();
            // What the framework keeps of a form is another text each time.
            html = FrameworkState().Replace(html.Replace(AntiforgeryToken.In(html), "", StringComparison.Ordinal), "");
            answers.Add(html.Replace(email, "", StringComparison.Ordinal));
        }

        Assert.Contains("do not match", answers[0], StringComparison.Ordinal);
        Assert.Single(answers.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_hash_of_fewer_rounds_is_made_anew_at_the_next_sign_in()
    {
        await host.AddStranger("old@example.com");
        var old = (await host.Grains.Account("old@example.com").Find())!;
        var weak = new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = 100_000 })).HashPassword(old, DashboardHost.Password);
        await host.Grains.Account("old@example.com").Save(old with { PasswordHash = weak });
        using var browser = host.Browser();

        await browser.SignIn("old@example.com", DashboardHost.Password);

        // Identity's third format: a byte of version, then PBKDF2's function (2: SHA-512), rounds and length of the salt, each of four bytes.
        var hash = Convert.FromBase64String((await host.Grains.Account("old@example.com").Find())!.PasswordHash!);
        Assert.Equal((1, 2u), (hash[0], BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(1))));
        Assert.InRange(BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5)), 210_000u, uint.MaxValue);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SignIn("old@example.com", DashboardHost.Password)).StatusCode);
    }

    [Theory]
    [InlineData("eleven char", "at least 12")]
    [InlineData("password1234", "easy to guess")]
    [InlineData("owner@example.com", "easy to guess")]
    public async Task A_password_that_is_soon_guessed_is_not_set(string chosen, string problem)
    {
        using var owner = host.Browser();
        await owner.SignIn(DashboardHost.Owner, DashboardHost.Password);

        using var refused = await owner.Submit("/account/password", "/account/password", new() { ["_handler"] = "password", ["Input.Current"] = DashboardHost.Password, ["Input.Chosen"] = chosen });

        Assert.Contains(problem, await refused.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        using var again = host.Browser();
        Assert.Equal("/", (await again.SignIn(DashboardHost.Owner, DashboardHost.Password)).Path());
    }

    [Fact]
    public async Task An_account_that_is_no_member_sees_no_page()
    {
        await host.AddStranger("outsider@example.com");
        using var browser = host.Browser();
        await browser.SignIn("outsider@example.com", DashboardHost.Password);

        var response = await browser.GetAsync("/moments");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.StartsWith("/sign-in", response.Path(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_wrong_passwords_at_once_lock_the_account()
    {
        await host.AddStranger("locked@example.com");
        using var browser = host.Browser();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            using var attacker = host.Browser();
            await attacker.SignIn("locked@example.com", "wrong");
        }));
        var right = await browser.SignIn("locked@example.com", DashboardHost.Password);

        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.NotNull((await host.Grains.Account("locked@example.com").Find())!.LockoutEnd);
    }

    [Fact]
    public async Task A_link_signs_in_once()
    {
        var token = await SignInLinks.Offer(host.Grains, DashboardHost.Owner, TimeProvider.System);
        using var first = host.Browser();
        using var second = host.Browser();

        Assert.Equal("/moments", (await first.GetAsync("/sign-in/link?token=" + token)).Path());
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/moments")).StatusCode);
        Assert.Equal("/sign-in?link=used", (await second.GetAsync("/sign-in/link?token=" + token)).Path());
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("a.b")]
    [InlineData("////.AAAA")]
    public async Task A_made_up_link_opens_nothing(string token)
    {
        using var browser = host.Browser();

        Assert.Equal("/sign-in?link=used", (await browser.GetAsync("/sign-in/link?token=" + Uri.EscapeDataString(token))).Path());
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_needs_the_pages_own_form()
    {
        using var browser = host.Browser();
        await browser.SignIn(DashboardHost.Owner, DashboardHost.Password);

        var forged = await browser.PostAsync("/sign-out", content: null);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/moments")).StatusCode);

        Assert.Equal("/sign-in", (await browser.Submit("/moments", "/sign-out", [])).Path());
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/moments")).StatusCode);
    }

    [Fact]
    public async Task A_new_password_replaces_the_old_one()
    {
        const string chosen = "four unrelated words here";
        using var owner = host.Browser();
        await owner.SignIn(DashboardHost.Owner, DashboardHost.Password);

        var refused = await owner.Submit("/account/password", "/account/password", new() { ["_handler"] = "password", ["Input.Current"] = "wrong", ["Input.Chosen"] = chosen });
        Assert.Contains("not right", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var changed = await owner.Submit("/account/password", "/account/password", new() { ["_handler"] = "password", ["Input.Current"] = DashboardHost.Password, ["Input.Chosen"] = chosen });
        Assert.Equal("/moments", changed.Path());
        using var again = host.Browser();
        Assert.Equal("/", (await again.SignIn(DashboardHost.Owner, chosen)).Path());

        await owner.Submit("/account/password", "/account/password", new() { ["_handler"] = "password", ["Input.Current"] = chosen, ["Input.Chosen"] = DashboardHost.Password });
    }

    [GeneratedRegex("<!--.*?-->", RegexOptions.CultureInvariant | RegexOptions.Singleline, 1000)]
    private static partial Regex FrameworkState();
}
