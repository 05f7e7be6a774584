package io.swarmstream.network.api;

import static io.swarmstream.network.api.MemberGate.MEMBER;

import io.swarmstream.clients.network.AnchorInfo;
import io.swarmstream.clients.network.OpenRoundInfo;
import io.swarmstream.clients.network.PerformanceInfo;
import io.swarmstream.clients.network.RejectionInfo;
import io.swarmstream.clients.network.RoundDetail;
import io.swarmstream.clients.network.RoundInfo;
import io.swarmstream.clients.network.SeriesInfo;
import io.swarmstream.clients.network.SiteStanding;
import io.swarmstream.clients.network.SitesPage;
import io.swarmstream.network.history.LoggedDetail;
import io.swarmstream.network.log.RefusedContributions;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Routes about the rounds of a training and its sites. */
final class RoundRoutes {
  private static final int USUAL_ROUNDS = 20;
  private static final int MOST_ROUNDS = 1_000;

  /** Each may be a request to the chain for its block. */
  private static final int MOST_ANCHORS = 100;

  private static final int USUAL_REJECTIONS = 50;
  private static final int USUAL_POINTS = 600;
  private static final int MOST_POINTS = 2_000;
  private static final int MOST_CURVES = 20;
  private static final int MOST_OFFSET = 1_000_000;
  private static final int USUAL_SITES = 50;
  private static final int MOST_SITES = 1_000;

  private final ConsoleParts node;

  RoundRoutes(ConsoleParts node) {
    this.node = node;
  }

  List<ApiRoute<Caller>> all() {
    List<ApiRoute<Caller>> routes = new ArrayList<>(rounds());
    routes.addAll(sites());
    return routes;
  }

  private List<ApiRoute<Caller>> rounds() {
    return List.of(
        ApiRoute.<Caller>of(
                "GET",
                "/v1/contracts/{name}/rounds",
                "listRounds",
                "The newest rounds, or those before another one; oldest first.",
                MEMBER,
                this::page)
            .query("newest", int.class, "How many, 1 to 1000; 20 if it is not said.")
            .query("before", long.class, "The rounds before this one are given.")
            .query("generation", int.class, TrainingName.GENERATION)
            .givesListOf(RoundInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/contracts/{name}/rounds/{round}",
                "getRound",
                "All that is known of a round.",
                MEMBER,
                this::detail)
            .query("generation", int.class, TrainingName.GENERATION)
            .gives(RoundDetail.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/contracts/{name}/open",
                "getOpenRound",
                "What the open round waits for, as the job last said.",
                MEMBER,
                call -> RoundViews.open(node.reading().open().notice(contract(call)).orElse(null)))
            .query("generation", int.class, TrainingName.GENERATION)
            .gives(OpenRoundInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/contracts/{name}/series",
                "getSeries",
                "Curves of a training, with one value for several rounds where there are many.",
                MEMBER,
                this::series)
            .query("from", long.class, "First round; the first one if it is not said.")
            .query("to", long.class, "Last round; the newest if it is not said.")
            .query("points", int.class, "Most values of a curve, 1 to 2000; 600 if not said.")
            .query("sites", String.class, "Names of sites with commas between, at most 20.")
            .query("generation", int.class, TrainingName.GENERATION)
            .gives(SeriesInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/contracts/{name}/anchors",
                "listAnchors",
                "The newest anchors on the chain, oldest first.",
                MEMBER,
                this::anchors)
            .query("newest", int.class, "How many, 1 to 100; 20 if it is not said.")
            .query("generation", int.class, TrainingName.GENERATION)
            .givesListOf(AnchorInfo.class));
  }

  private List<ApiRoute<Caller>> sites() {
    return List.of(
        ApiRoute.<Caller>of(
                "GET",
                "/v1/contracts/{name}/performance",
                "listPerformance",
                "How far a training is: what each site last reported, with its heartbeat or in a round.",
                MEMBER,
                call -> new Performance(node).of(contract(call)))
            .query("generation", int.class, TrainingName.GENERATION)
            .gives(PerformanceInfo.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/contracts/{name}/sites",
                "listSites",
                "How the sites of a training do, those that have left included.",
                MEMBER,
                this::sites)
            .query(
                "order",
                String.class,
                "name, loss (least first), metric (greatest first), slowest (in the fewest rounds) or odd (those with a remark first).")
            .query("offset", int.class, "How many to skip.")
            .query("limit", int.class, "How many to tell, 1 to 1000; 50 if it is not said.")
            .query("generation", int.class, TrainingName.GENERATION)
            .gives(SitesPage.class),
        ApiRoute.<Caller>of(
                "GET",
                "/v1/contracts/{name}/rejections",
                "listRejections",
                "The newest refused contributions, newest first.",
                MEMBER,
                this::rejections)
            .query("newest", int.class, "How many, 1 to 1000; 50 if it is not said.")
            .query("generation", int.class, TrainingName.GENERATION)
            .givesListOf(RejectionInfo.class));
  }

  private String contract(ApiCall<Caller> call) {
    return TrainingName.onChain(call, node.drafts());
  }

  private List<RoundInfo> page(ApiCall<Caller> call) {
    String contract = contract(call);
    return RoundViews.anchored(
        node.chain(),
        contract,
        node.reading()
            .rounds()
            .before(
                contract,
                call.query("before", Long.MAX_VALUE, 0, Long.MAX_VALUE),
                (int) call.query("newest", USUAL_ROUNDS, 1, MOST_ROUNDS)));
  }

  private RoundDetail detail(ApiCall<Caller> call) {
    String contract = contract(call);
    return RoundViews.of(round(call, contract), node.chain(), contract);
  }

  private LoggedDetail round(ApiCall<Caller> call, String contract) {
    return round(node, call, contract);
  }

  /**
   * The round that a path names.
   *
   * @throws ApiProblem when there is none
   */
  static LoggedDetail round(ConsoleParts node, ApiCall<Caller> call, String contract) {
    long round = number(call);
    return node.reading()
        .rounds()
        .detail(contract, round)
        .orElseThrow(
            () ->
                ApiProblem.of(
                    404,
                    "unknown-round",
                    "contract "
                        + contract
                        + " has no round "
                        + round
                        + node.reading()
                            .rounds()
                            .last(contract)
                            .map(newest -> "; the newest is " + newest)
                            .orElse(" yet; none is merged")));
  }

  /** The number of the round in the path. */
  static long number(ApiCall<Caller> call) {
    try {
      long round = Long.parseLong(call.path("round"));
      if (round >= 0) {
        return round;
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw ApiProblem.badValue(
        "round", "round is " + call.path("round") + "; it has to be a whole number from 0 on");
  }

  private SeriesInfo series(ApiCall<Caller> call) {
    List<String> sites =
        call.query("sites").map(names -> List.of(names.split(",", -1))).orElse(List.of());
    if (sites.size() > MOST_CURVES) {
      throw ApiProblem.badValue(
          "sites",
          "sites has " + sites.size() + " names; ask for at most " + MOST_CURVES + " at a time");
    }
    return node.reading()
        .rounds()
        .series()
        .of(
            contract(call),
            call.query("from", 0, 0, Long.MAX_VALUE),
            call.query("to", Long.MAX_VALUE, 0, Long.MAX_VALUE),
            (int) call.query("points", USUAL_POINTS, 1, MOST_POINTS),
            sites);
  }

  private List<AnchorInfo> anchors(ApiCall<Caller> call) {
    return node
        .chain()
        .anchors()
        .newest(contract(call), (int) call.query("newest", USUAL_ROUNDS, 1, MOST_ANCHORS))
        .stream()
        .map(RoundViews::of)
        .toList();
  }

  private SitesPage sites(ApiCall<Caller> call) {
    String order = call.query("order").orElse("name");
    Comparator<SiteStanding> known = SiteStandings.ORDERS.get(order);
    if (known == null) {
      throw ApiProblem.badValue(
          "order",
          "order is "
              + order
              + "; it has to be one of "
              + new TreeSet<>(SiteStandings.ORDERS.keySet()));
    }
    return new SiteStandings(node)
        .page(
            contract(call),
            known,
            (int) call.query("offset", 0, 0, MOST_OFFSET),
            (int) call.query("limit", USUAL_SITES, 1, MOST_SITES));
  }

  private List<RejectionInfo> rejections(ApiCall<Caller> call) {
    return node
        .reading()
        .refused()
        .newest(
            contract(call),
            (int) call.query("newest", USUAL_REJECTIONS, 1, RefusedContributions.KEPT))
        .stream()
        .map(rejection -> RoundViews.of(rejection, node.swarm().newest()))
        .toList();
  }
}
