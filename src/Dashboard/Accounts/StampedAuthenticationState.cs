using Conclude.Dashboard.Hosting;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Logging;

namespace Conclude.Dashboard.Accounts;

/// <summary>
/// Ends an open page when its session was ended, as the cookie's own check does for requests. Lives from the beginning of its circuit to its
/// end, opened or not: what <see cref="CircuitOwners"/> knows of it goes with it.
/// </summary>
internal sealed partial class StampedAuthenticationState : RevalidatingServerAuthenticationStateProvider
{
    private readonly IGrainFactory _grains;
    private readonly CircuitOwners _owners;
    private readonly ILogger _log;
    private CircuitOwners.Place? _place;

    public StampedAuthenticationState(ILoggerFactory loggers, IGrainFactory grains, CircuitOwners owners)
        : base(loggers)
    {
        (_grains, _owners, _log) = (grains, owners, loggers.CreateLogger<StampedAuthenticationState>());
        AuthenticationStateChanged += OnChanged;
    }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(2);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return await SessionCookies.GoesOn(_grains, authenticationState.User);
        }
        catch (Exception reason)
        {
            // A store that does not answer signs nobody out: it is asked again in two seconds, and nothing is changed without asking.
            LogNotAsked(_log, reason);
            return true;
        }
    }

    protected override void Dispose(bool disposing)
    {
        AuthenticationStateChanged -= OnChanged;
        _place?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>First of all the principal of the connection that begins the circuit is set.</summary>
    private void OnChanged(Task<AuthenticationState> state)
    {
        if (_place is null && state.IsCompletedSuccessfully)
        {
            _place = _owners.PlaceOf(state.GetAwaiter().GetResult().User);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Whether a page's session goes on could not be asked; it is asked again.")]
    private static partial void LogNotAsked(ILogger log, Exception reason);
}
