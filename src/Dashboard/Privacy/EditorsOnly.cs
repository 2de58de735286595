using Conclude.Dashboard.Accounts;
using Conclude.Grains;
using Conclude.Grains.Tenants;
using Microsoft.AspNetCore.Http;

namespace Conclude.Dashboard.Privacy;

/// <summary>Lets owners and admins of the workspace pass, as it is now; answers 403 to everybody else.</summary>
public sealed class EditorsOnly(IGrainFactory grains) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        DashboardUser.From(context.HttpContext.User) is { } user
        && await grains.Tenant(user.Workspace).Snapshot() is { } workspace
        && workspace.FindMember(user.Email) is { Role: MemberRole.Admin or MemberRole.Owner }
            ? await next(context)
            : Results.StatusCode(StatusCodes.Status403Forbidden);
}
