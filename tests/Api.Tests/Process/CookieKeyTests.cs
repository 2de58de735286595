using System.Net;
using System.Text.RegularExpressions;
using Conclude.Testing;

namespace Conclude.Api.Tests.Process;

/// <summary>Proves with real processes that a sign-in made at one is good at another that shares nothing with it but the database.</summary>
public sealed partial class CookieKeyTests
{
    [Fact]
    public async Task A_cookie_and_a_form_of_one_silo_are_good_at_another_with_a_folder_of_its_own()
    {
        (string, string) database = ("ConnectionStrings__Conclude", PostgresServer.Get().NewDatabase());
        using var browser = Browser();
        string form;
        await using (var first = await SiloProcess.Start(database))
        {
            await SignIn(browser, first);
            form = await Token(browser, first.Address + "/account/password");
            Assert.False(Directory.Exists(Path.Combine(first.Data.FullName, "keys")));
            await first.Terminate();
        }

        await using var second = await SiloProcess.Start(database);
        Assert.Equal(HttpStatusCode.OK, await Status(browser, second));
        using var signedOut = await browser.PostAsync(second.Address + "/sign-out", new FormUrlEncodedContent([new("__RequestVerificationToken", form)]));
        Assert.Equal(HttpStatusCode.Redirect, signedOut.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, await Status(browser, second));
    }

    [Fact]
    public async Task Keys_that_an_earlier_version_kept_in_the_folder_are_taken_along()
    {
        (string, string) database = ("ConnectionStrings__Conclude", PostgresServer.Get().NewDatabase());
        using var browser = Browser();
        // Keeps its keys in the folder, as every version before did.
        await using var before = await SiloProcess.Start(("ConnectionStrings__Conclude", ""));
        await SignIn(browser, before);
        await before.Terminate();
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(before.Data.FullName, "keys"), "*.xml"));

        await using (var upgraded = await SiloProcess.Start(database, ("Conclude__DataDirectory", before.Data.FullName)))
        {
            Assert.Equal(HttpStatusCode.OK, await Status(browser, upgraded));
            await upgraded.Terminate();
        }

        await using var elsewhere = await SiloProcess.Start(database);
        Assert.Equal(HttpStatusCode.OK, await Status(browser, elsewhere));
    }

    private static HttpClient Browser() => new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false });

    private static async Task SignIn(HttpClient browser, SiloProcess silo)
    {
        var page = silo.Address + "/sign-in";
        using var answer = await browser.PostAsync(page, new FormUrlEncodedContent(
        [
            new("_handler", "sign-in"), new("Input.Email", SiloProcess.OwnerEmail), new("Input.Password", SiloProcess.OwnerPassword),
            new("__RequestVerificationToken", await Token(browser, page)),
        ]));
        Assert.Equal(HttpStatusCode.OK, await Status(browser, silo));
    }

    private static async Task<string> Token(HttpClient browser, string page) => Field().Match(await browser.GetStringAsync(page)).Groups["token"].Value;

    private static async Task<HttpStatusCode> Status(HttpClient browser, SiloProcess silo)
    {
        using var answer = await browser.GetAsync(silo.Address + "/moments");
        return answer.StatusCode;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Field();
}
