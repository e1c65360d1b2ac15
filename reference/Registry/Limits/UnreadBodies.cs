using Microsoft.AspNetCore.Http.HttpResults;

namespace Registry.Limits;

/// <summary>A body that comes too slowly, breaks off or is not whole is the caller's trouble: it is answered, and no failure of the server.</summary>
internal static class UnreadBodies
{
    public static void UseUnreadBodies(this WebApplication app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException unread) when (!context.Response.HasStarted)
        {
            await Refuse(unread.StatusCode).ExecuteAsync(context);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more to be answered.
        }
    });

    private static ProblemHttpResult Refuse(int status) => TypedResults.Problem(
        status == StatusCodes.Status408RequestTimeout ? "The request came too slowly. Try again, or send less at once." : "The request did not arrive whole. Try again.",
        statusCode: status);
}
