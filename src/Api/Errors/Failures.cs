using System.Data.Common;
using Conclude.Ledger;
using Microsoft.AspNetCore.Http;

namespace Conclude.Api.Errors;

/// <summary>What a caller is told of an exception: enough to know whether to try again, never what it says.</summary>
internal static class Failures
{
    /// <returns>Null when the exception is a bug: log it and answer 500.</returns>
    public static ApiProblem? Expected(Exception failure) => failure switch
    {
        LedgerBusyException => ApiProblem.Busy,
        // Whatever the store said inside: it would say it again, and a 503 has the widget come back for ever.
        LedgerRefusedException => null,
        LedgerUnavailableException or DbException => ApiProblem.StoreUnavailable,
        // A grain that did not answer in time, or a silo that is leaving: the same call may succeed in a second.
        TimeoutException or SiloUnavailableException or OrleansMessageRejectionException => ApiProblem.Busy,
        BadHttpRequestException bad => ApiProblem.ForStatus(bad.StatusCode),
        AggregateException many => many.InnerExceptions.Select(Expected).FirstOrDefault(static p => p is not null),
        { InnerException: { } inner } => Expected(inner),
        _ => null,
    };
}
