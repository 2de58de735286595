using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Conclude.Testing;
using Microsoft.Playwright;

namespace Conclude.Browser.Tests.Packages;

/// <summary>One host with a moment on <c>report_exported</c>, for all tests of packages, examples and documents: each uses people of its own.</summary>
public sealed class PackagesHost : IAsyncLifetime
{
    private string? _identitySecret;

    internal SiloProcess Silo { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Silo = await SiloProcess.Start(TestStore.Settings());
        using var made = await Silo.Management.PostAsJsonAsync("/api/v1/moments", new { @event = "report_exported", question = "How was exporting this report?", followUp = "What got in your way?" });
        made.EnsureSuccessStatusCode();
    }

    /// <summary>What a person answered; waits until there is one.</summary>
    internal async Task<JsonNode> AnswerOf(string externalId)
    {
        JsonNode? answer = null;
        await Patiently.Until(
            async () => (answer = (await Silo.Get("/api/v1/responses?event=report_exported"))["items"]!.AsArray()
                .FirstOrDefault(i => (string?)i!["user"]!["externalId"] == externalId && i["comment"] is not null)) is not null,
            () => $"{externalId} has not answered.");
        return answer!;
    }

    /// <summary>The workspace's identity secret, from where an owner reads it.</summary>
    internal async Task<string> IdentitySecret(ChromiumFixture chromium)
    {
        if (_identitySecret is null)
        {
            await using var context = await chromium.Browser.NewContextAsync();
            var page = await context.NewPageAsync();
            await page.SignIn(Silo);
            await page.GotoAsync(Silo.Address + "/settings/embed?show=origins");
            await page.GetByText("Show the identity secret").ClickAsync();
            await Assertions.Expect(page.GetByTestId("identity-secret")).ToBeVisibleAsync();
            _identitySecret = (await page.GetByTestId("identity-secret").TextContentAsync())!;
        }

        return _identitySecret;
    }

    public async ValueTask DisposeAsync() => await Silo.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class PackagesCollection : ICollectionFixture<PackagesHost>
{
    public const string Name = "Packages";
}
