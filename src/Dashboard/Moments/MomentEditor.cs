using Conclude.Dashboard.Live;
using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Moments;

/// <summary>Changes the moments of the workspace that this circuit shows.</summary>
public sealed class MomentEditor(WorkspaceEdits edits)
{
    public Task<EditOutcome> Add(MomentDefinition moment) => Run(async tenant => Of(await tenant.AddMoment(moment)));

    /// <param name="expectedVersion">What the person saw when they began.</param>
    public Task<EditOutcome> Replace(MomentDefinition moment, long expectedVersion) =>
        Run(async tenant => Of(await tenant.ReplaceMoment(moment, expectedVersion)));

    public Task<EditOutcome> Remove(MomentDefinition moment) =>
        Run(async tenant => Of(await tenant.RemoveMoment(moment.Event, moment.Version)));

    private static EditOutcome Of(MomentSaved saved) => saved.Status is SaveStatus.NotAllowed ? EditOutcome.NotAllowed : new(saved.Status, saved.Moment, saved.Errors);

    private static EditOutcome Of(SaveStatus status) => status is SaveStatus.NotAllowed ? EditOutcome.NotAllowed : new(status, null, null);

    private Task<EditOutcome> Run(Func<ActingTenant, Task<EditOutcome>> edit) => edits.Run(edit, EditOutcome.NotAllowed, EditOutcome.Unavailable);
}
