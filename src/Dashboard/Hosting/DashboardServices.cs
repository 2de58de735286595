using Conclude.Dashboard.Accounts;
using Conclude.Dashboard.Hosting;
using Conclude.Dashboard.Live;
using Conclude.Dashboard.Moments;
using Conclude.Dashboard.Settings;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
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
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddScoped<WorkspaceFeed>();
        services.AddScoped<CircuitHandler, FeedCircuitHandler>();
        services.AddScoped<ViewerClock>();
        services.AddScoped<WorkspaceEdits>();
        services.AddScoped<MomentEditor>();
        services.AddScoped<MomentDialogs>();
        services.AddScoped<WorkspaceEditor>();
        services.AddAccounts();
        return services;
    }

    private static void AddAccounts(this IServiceCollection services)
    {
        // No default scheme: pages name this one, API routes name theirs.
        services.AddAuthentication().AddIdentityCookies();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.Cookie.Name = "conclude";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.LoginPath = DashboardRoutes.SignIn;
            cookie.AccessDeniedPath = DashboardRoutes.SignIn;
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
            cookie.SlidingExpiration = true;
        });
        services.Configure<SecurityStampValidatorOptions>(stamp => stamp.ValidationInterval = TimeSpan.FromMinutes(5));

        services.AddIdentityCore<DashboardAccount>(identity =>
            {
                // Length is what makes a password hard to guess; rules about digits and signs make it hard to remember.
                identity.Password = new() { RequiredLength = 10, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false, RequiredUniqueChars = 4 };
                identity.Lockout = new() { AllowedForNewUsers = true, MaxFailedAccessAttempts = 5, DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15) };
                identity.User.AllowedUserNameCharacters = "";
            })
            .AddUserStore<AccountStore>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<DashboardPrincipals>();

        services.AddSingleton<SignInTurns>();
        services.AddScoped<SignIn>();
        services.AddScoped<AuthenticationStateProvider, StampedAuthenticationState>();
        services.AddScoped<IAuthorizationHandler, MemberHandler>();
        services.AddAuthorizationBuilder().AddPolicy(DashboardPolicy.Name, policy => policy
            .AddAuthenticationSchemes(IdentityConstants.ApplicationScheme)
            .RequireAuthenticatedUser()
            .AddRequirements(new MemberRequirement()));
    }
}
