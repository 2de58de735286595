using Conclude.Dashboard.Accounts;
using Conclude.Dashboard.Hosting;
using Conclude.Dashboard.Live;
using Conclude.Dashboard.Members;
using Conclude.Dashboard.Moments;
using Conclude.Dashboard.ObservedEvents;
using Conclude.Dashboard.Privacy;
using Conclude.Dashboard.Reports;
using Conclude.Dashboard.Responses;
using Conclude.Dashboard.Settings;
using Conclude.Dashboard.Webhooks;
using Conclude.Grains.Accounts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Radzen;

namespace Conclude.Dashboard;

public static class DashboardServices
{
    /// <summary>
    /// Adds the dashboard. The host brings the grains with their streams and the ledger, and says where the keys of cookies are kept, so
    /// that a restart signs nobody out.
    /// </summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("conclude");
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpContextAccessor();
        services.AddRazorComponents().AddInteractiveServerComponents(CircuitLimits.Set);
        services.AddRadzenComponents();
        services.AddSingleton<PublicAddress>();
        services.AddOptions<PageLimitOptions>().BindConfiguration(PageLimitOptions.Section).Validate(
            static o => o is { PagesPerAccount: >= 0, PagesPerAddress: >= 0, SignInsPerAddressPerMinute: >= 0 },
            PageLimitOptions.Section + ": PagesPerAccount, PagesPerAddress and SignInsPerAddressPerMinute must be 0 (unlimited) or more.");
        services.AddSingleton<PageLimits>();
        services.AddSignalR(static hubs =>
        {
            hubs.AddFilter<LivePages>();
            hubs.AddFilter<OwnCircuits>();
        });
        services.AddSingleton<LivePages>();
        services.AddSingleton<OwnCircuits>();
        services.AddSingleton<CircuitOwners>();
        services.AddSingleton<WorkspaceWatches>();
        services.AddSingleton<DrawTurns>();
        services.AddScoped<WorkspaceFeed>();
        services.AddScoped<CircuitHandler, FeedCircuitHandler>();
        services.AddScoped<FirstLoad>();
        services.AddScoped<ViewerClock>();
        services.AddScoped<WorkspaceEdits>();
        services.AddScoped<MomentEditor>();
        services.AddScoped<MomentDialogs>();
        services.AddSingleton<DayLineReads>();
        services.AddSingleton<ReadsInCommon>();
        services.AddSingleton<NameLooks>();
        services.AddScoped<NameEditor>();
        services.AddScoped<TrafficReader>();
        services.AddScoped<WorkspaceEditor>();
        services.AddSingleton<UsageReadings>();
        services.AddScoped<MemberEditor>();
        services.AddScoped<ResponseScript>();
        services.AddScoped<PersonErasure>();
        services.AddScoped<WebhookEditor>();
        services.AddAccounts();
        return services;
    }

    private static void AddAccounts(this IServiceCollection services)
    {
        // No default scheme: pages name this one, API routes name theirs.
        services.AddAuthentication().AddIdentityCookies();
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<IHttpContextAccessor>(static (cookie, request) =>
        {
            cookie.Cookie = new HostCookie("conclude", SameSiteMode.Lax, request);
            cookie.LoginPath = DashboardRoutes.SignIn;
            cookie.AccessDeniedPath = DashboardRoutes.SignIn;
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
            cookie.SlidingExpiration = true;
            cookie.Events.OnValidatePrincipal = SessionCookies.Validate;
            cookie.Events.OnRedirectToLogin = Here(cookie.Events.OnRedirectToLogin);
            // The page that signs somebody in says where they go; the framework would take the address as it came.
            cookie.Events.OnRedirectToReturnUrl = static _ => Task.CompletedTask;
            cookie.Events.OnRedirectToAccessDenied = Here(cookie.Events.OnRedirectToAccessDenied);
        });
        // Of a cookie that it cannot read it logs an error with a stack trace, and anybody can send one; the form then gets a 400.
        services.AddLogging(static logging => logging.AddFilter("Microsoft.AspNetCore.Antiforgery.DefaultAntiforgery", LogLevel.None));
        services.AddOptions<AntiforgeryOptions>().Configure<IHttpContextAccessor>(static (forms, request) =>
            forms.Cookie = new HostCookie("conclude-forms", SameSiteMode.Strict, request));

        services.AddSingleton<ILookupNormalizer, AccountNames>();
        services.AddIdentityCore<DashboardAccount>(identity =>
            {
                identity.Password = new() { RequiredLength = PasswordRules.MinLength, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false, RequiredUniqueChars = 4 };
                identity.Lockout = new() { AllowedForNewUsers = true, MaxFailedAccessAttempts = 5, DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15) };
                identity.User.AllowedUserNameCharacters = "";
            })
            .AddUserStore<AccountStore>()
            .AddPasswordValidator<GuessablePasswords>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<DashboardPrincipals>();

        services.Configure<PasswordHasherOptions>(static hashes => hashes.IterationCount = PasswordRules.Iterations);
        services.AddSingleton<SignInTurns>();
        services.AddSingleton<Memberships>();
        services.AddScoped<SignIn>();
        services.AddScoped<InviteAcceptance>();
        services.AddScoped<AuthenticationStateProvider, StampedAuthenticationState>();
        services.AddScoped<IAuthorizationHandler, MemberHandler>();
        services.AddAuthorizationBuilder().AddPolicy(DashboardPolicy.Name, policy => policy
            .AddAuthenticationSchemes(IdentityConstants.ApplicationScheme)
            .RequireAuthenticatedUser()
            .AddRequirements(new MemberRequirement()));
    }

    /// <summary>To a path of this server: the framework would repeat the request's Host, which anybody may make up.</summary>
    private static Func<RedirectContext<CookieAuthenticationOptions>, Task> Here(Func<RedirectContext<CookieAuthenticationOptions>, Task> redirect) => context =>
    {
        context.RedirectUri = new Uri(context.RedirectUri).PathAndQuery;
        return redirect(context);
    };
}
