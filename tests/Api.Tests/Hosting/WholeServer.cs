using System.Net;
using Conclude.Api.Exports;
using Conclude.Api.Operators;
using Conclude.Api.Widget;
using Conclude.Dashboard;
using Conclude.Dashboard.Accounts;
using Conclude.Dashboard.Hosting;
using Conclude.Dashboard.Privacy;
using Conclude.Grains;
using Conclude.Grains.Accounts;
using Conclude.Grains.Tenants;
using Conclude.Grains.Webhooks;
using Conclude.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Conclude.Api.Tests.Hosting;

/// <summary>The API, the widget, the demo and the dashboard in one server, joined as the host program joins them.</summary>
public sealed class WholeServer : IAsyncLifetime
{
    public const string Password = "correct horse battery";

    /// <summary>Opens the operator's routes.</summary>
    public const string OperatorToken = "a-token-of-the-operator-of-this-server";

    /// <summary>The one plan that the operator can put workspaces on here.</summary>
    public static PlanLimits Tiny { get; } = new("tiny", EventsPerMonth: 4, Moments: 1, Members: 1, RetentionDays: 30, EventNames: 10);

    internal ApiHost Api { get; } = new(
        [("Conclude:Webhooks:AllowPrivate", "true"), ("Conclude:Webhooks:AllowHttp", "true"), ("Conclude:RateLimit:Enabled", "false"), ("Conclude:Demo", "true"), ("Conclude:Operator:Token", OperatorToken)],
        static services =>
        {
            services.AddDashboard();
            services.AddDataProtection().UseEphemeralDataProtectionProvider();
            services.AddSingleton(new WidgetScript("/* the widget */"u8.ToArray()));
            services.Configure<LoggerFilterOptions>(static log => log.MinLevel = LogLevel.Warning);
            services.AddSingleton<IHostResolver>(new NoNames());
        },
        more: static app =>
        {
            app.MapOperator(static name => name == Tiny.Name ? Tiny : null);
            app.MapDashboard();
            // As DashboardExports of the host program.
            app.MapResponsesExport(DashboardRoutes.ResponsesFile, Workspace).RequireAuthorization(DashboardPolicy.Name);
            app.MapPersonExport(DashboardRoutes.PersonFile, Workspace).RequireAuthorization(DashboardPolicy.Name).AddEndpointFilter<EditorsOnly>();
        });

    private static string Workspace(HttpContext context) => DashboardUser.From(context.User)!.Workspace;

    internal IEnumerable<RouteEndpoint> Routes => Api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    public ValueTask InitializeAsync() => Api.InitializeAsync();

    public ValueTask DisposeAsync() => Api.DisposeAsync();

    /// <summary>A browser without scripts, signed in: keeps cookies, follows no redirect by itself.</summary>
    /// <param name="cookies">Where the browser keeps them; null: in a place of its own.</param>
    internal async Task<HttpClient> SignIn(string email, CookieContainer? cookies = null)
    {
        var account = await Api.Grains.Account(email).Find() ?? throw new InvalidOperationException("No such account.");
        await Api.Grains.Account(email).Save(account with { PasswordHash = new PasswordHasher<Account>().HashPassword(account, Password) });
        var browser = Browser(cookies);
        using var answer = await browser.PostAsync("/sign-in", new FormUrlEncodedContent(
        [
            new("_handler", "sign-in"), new("Input.Email", email), new("Input.Password", Password),
            new(AntiforgeryToken.Name, AntiforgeryToken.In(await browser.GetStringAsync("/sign-in"))),
        ]));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    internal HttpClient Browser(CookieContainer? cookies = null) =>
        new(new SocketsHttpHandler { CookieContainer = cookies ?? new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = Api.Address };
}
