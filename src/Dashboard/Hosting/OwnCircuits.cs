using System.Security.Claims;
using Conclude.Dashboard.Accounts;
using Microsoft.AspNetCore.SignalR;

namespace Conclude.Dashboard.Hosting;

/// <summary>Lets a page come back to its own session's circuit, and to no other: to others it is one that has ended, and loads itself anew.</summary>
internal sealed class OwnCircuits(CircuitOwners owners) : IHubFilter
{
    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next) => invocationContext.HubMethodName switch
    {
        "StartCircuit" => owners.Begin(Principal(invocationContext), () => next(invocationContext)),
        "ConnectCircuit" when invocationContext.HubMethodArguments is not [string secret, ..] || !owners.Has(secret, DashboardUser.From(Principal(invocationContext))) => new(false),
        // The state of a circuit that has gone is nobody's: nothing says any more whose it was.
        "ResumeCircuit" => new(result: null),
        _ => next(invocationContext),
    };

    private static ClaimsPrincipal Principal(HubInvocationContext invocation) => invocation.Context.User ?? new ClaimsPrincipal();
}
