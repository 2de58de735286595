using System.Net;
using Conclude.Testing;

namespace Conclude.Api.Tests.Process;

/// <summary>Proves with real processes that a sign-in made at one is good at another that shares nothing with it but the database.</summary>
public sealed class CookieKeyTests
{
    [Fact]
    public async Task A_cookie_and_a_form_of_one_silo_are_good_at_another_with_a_folder_of_its_own()
    {
        (string, string) database = ("ConnectionStrings__Conclude", PostgresServer.Get().NewDatabase());
        using var browser = OwnerSession.Browser();
        string form;
        await using (var first = await SiloProcess.Start(database))
        {
            await browser.SignIn(first.Address);
            form = AntiforgeryToken.In(await browser.GetStringAsync(first.Address + "/account/password"));
            Assert.False(Directory.Exists(Path.Combine(first.Data.FullName, "keys")));
            await first.Terminate();
        }

        await using var second = await SiloProcess.Start(database);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusOfMoments(second.Address));
        using var signedOut = await browser.PostAsync(second.Address + "/sign-out", new FormUrlEncodedContent([new(AntiforgeryToken.Name, form)]));
        Assert.Equal(HttpStatusCode.Redirect, signedOut.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, await browser.StatusOfMoments(second.Address));
    }

    [Fact]
    public async Task Keys_that_an_earlier_version_kept_in_the_folder_are_taken_along()
    {
        (string, string) database = ("ConnectionStrings__Conclude", PostgresServer.Get().NewDatabase());
        using var browser = OwnerSession.Browser();
        // Keeps its keys in the folder, as every version before did.
        await using var before = await SiloProcess.Start(("ConnectionStrings__Conclude", ""));
        var form = AntiforgeryToken.In(await browser.GetStringAsync(before.Address + "/sign-in"));
        await before.Terminate();
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(before.Data.FullName, "keys"), "*.xml"));

        await using (var upgraded = await SiloProcess.Start(database, ("Conclude__DataDirectory", before.Data.FullName)))
        {
            Assert.Equal(HttpStatusCode.OK, await IsFormTaken(upgraded));
            await upgraded.Terminate();
        }

        await using var elsewhere = await SiloProcess.Start(database);
        Assert.Equal(HttpStatusCode.OK, await IsFormTaken(elsewhere));

        // Sessions stand in the store, and this is another one: a form is what the keys alone make good. It is answered, or not taken at all.
        async Task<HttpStatusCode> IsFormTaken(SiloProcess silo)
        {
            using var answer = await browser.PostAsync(silo.Address + "/sign-in", new FormUrlEncodedContent(
                [new("_handler", "sign-in"), new("Input.Email", "nobody@example.com"), new("Input.Password", "wrong"), new(AntiforgeryToken.Name, form)]));
            return answer.StatusCode;
        }
    }
}
