using Conclude.Dashboard.Live;
using Conclude.Grains;
using Conclude.Grains.Tenants;
using Microsoft.Extensions.Logging;

namespace Conclude.Dashboard.Moments;

/// <summary>Changes the moments of the workspace that this circuit shows.</summary>
public sealed partial class MomentEditor(WorkspaceFeed feed, IGrainFactory grains, ILogger<MomentEditor> log)
{
    public Task<EditOutcome> Add(MomentDefinition moment) => Run(async tenant => Of(await tenant.AddMoment(moment)));

    /// <param name="expectedVersion">What the person saw when they began.</param>
    public Task<EditOutcome> Replace(MomentDefinition moment, long expectedVersion) =>
        Run(async tenant => Of(await tenant.ReplaceMoment(moment, expectedVersion)));

    public Task<EditOutcome> Remove(MomentDefinition moment) =>
        Run(async tenant => new EditOutcome(await tenant.RemoveMoment(moment.Event, moment.Version), null, null));

    private static EditOutcome Of(MomentSaved saved) => new(saved.Status, saved.Moment, saved.Errors);

    private async Task<EditOutcome> Run(Func<ITenantGrain, Task<EditOutcome>> edit)
    {
        if (!feed.CanEdit)
        {
            return EditOutcome.NotAllowed;
        }

        try
        {
            var outcome = await edit(grains.Tenant(feed.Workspace.Workspace));
            await feed.ReadAgain();
            return outcome;
        }
        catch (Exception reason)
        {
            // A store or a silo that is down: the person keeps what they typed and is told to try again.
            LogNotSaved(log, reason);
            return EditOutcome.Unavailable;
        }
    }

    [LoggerMessage(LogLevel.Error, "A moment could not be saved from the dashboard.")]
    private static partial void LogNotSaved(ILogger log, Exception reason);
}
