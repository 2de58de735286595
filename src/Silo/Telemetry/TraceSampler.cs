using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Conclude.Silo.Telemetry;

/// <summary>
/// A share of all traces, each as a whole: what belongs to a span is kept with it, and so is the commit that is linked to one that is
/// kept.
/// </summary>
internal sealed class TraceSampler(double ratio) : Sampler
{
    private readonly TraceIdRatioBasedSampler _share = new(ratio);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var parent = samplingParameters.ParentContext;
        if (parent.TraceId != default)
        {
            return new SamplingResult(parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded));
        }

        return samplingParameters.Links?.Any(static l => l.Context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)) is true
            ? new SamplingResult(isSampled: true)
            : _share.ShouldSample(samplingParameters);
    }
}
