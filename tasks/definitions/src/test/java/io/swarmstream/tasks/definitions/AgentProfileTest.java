package io.swarmstream.tasks.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.tasks.definitions.AgentProfile.Manager;
import io.swarmstream.tasks.definitions.IdentityAttribute.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgentProfileTest {
  private static final String PROFILE =
      """
      ---
      groupname  : demo
      taskrunner : defaulttaskbb.taskdb.sml.hpe
      policyuri  : ~
      resourcemgr :
          mgrtype    : DOCKER
          accessinfo :
              accesstype : FROMENV
      network    : host-1-net
      apls :
          locator :
              host : 172.1.1.1
              port : ~
      apisrv :
          locator :
              host : 172.1.1.1
              port : 30304
      # for all sites
      envvars :
          - SL_LOG_LEVEL : INFO
          - https_proxy : ~
      dns:
          - 10.0.0.2
      nodes :
          - slnodedef :
              idx : 0
              identity :
                  - attribute :
                      aType : KEY
                      mType : BIND
                      src : "/certs/sl-1-key.pem"
                      tgt : "/swarm-cert/sl-1-key.pem"
                      subPath : null
                  - attribute :
                      aType : SPIFFE_SOCKETPATH
                      mType : BIND
                      src : "/tmp/agent.sock"
                      tgt : "/tmp/agent.sock"
              slhostname : sl1
              slhostip   : 172.1.1.1
              slport : 16000
              slfsservice: fs.sl-1.swarm
              slenvvars: [swarm_node_type : sl]
              sllabels: {kind: sl}
              slnetworkopts:
                  - ip: 10.0.0.3
              usrhostname : user1
              privatedata :
                  src: "/data/1"
                  mType : BIND
              usrenvvars :
                  - HIP_VISIBLE_DEVICES : 0
                  - SCRATCH_DIR : "user1"
              usrlabels: [one, two]
              usrnetworkopts: ~
              usrcontaineropts :
                  - gpus : "all"
                  - device : ["/dev/kfd", "/dev/dri"]
                  - group-add : ["video"]
                  - ipc : host
                  - shm-size : 16G
                  - cap-add : SYS_PTRACE
                  - security-opt : [seccomp=unconfined]
                  - privileged : True
          - slnodedef :
              idx : 1
              identity : []
              privatedata : ~
      """;

  private static AgentProfile parse(String text) {
    return AgentProfile.parse("p.yaml", text);
  }

  @Test
  void readsAllFields() {
    AgentProfile profile = parse(PROFILE);

    assertThat(profile.warnings()).isEmpty();
    assertThat(profile.group()).isEqualTo("demo");
    assertThat(profile.taskrunner()).isEqualTo("defaulttaskbb.taskdb.sml.hpe");
    assertThat(profile.policy()).isEmpty();
    assertThat(profile.manager()).isEqualTo(Manager.DOCKER);
    assertThat(profile.network()).hasValue("host-1-net");
    assertThat(profile.licenceServer().host()).hasValue("172.1.1.1");
    assertThat(profile.networkNode())
        .isEqualTo(new ServerPlace(Optional.of("172.1.1.1"), Optional.of(30304), Optional.empty()));
    assertThat(profile.dns()).containsExactly("10.0.0.2");
    assertThat(profile.sites()).hasSize(2);

    SiteProfile site = profile.sites().get(0);
    assertThat(site.identity())
        .extracting(IdentityAttribute::part, IdentityAttribute::source)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Part.KEY, "/certs/sl-1-key.pem"),
            org.assertj.core.groups.Tuple.tuple(Part.SPIFFE_SOCKETPATH, "/tmp/agent.sock"));
    assertThat(site.siteHost()).hasValue("sl1");
    assertThat(site.sitePort()).hasValue(16000);
    assertThat(site.siteService()).hasValue("fs.sl-1.swarm");
    assertThat(site.siteVariables().over(profile.siteVariables()).values())
        .isEqualTo(Map.of("SL_LOG_LEVEL", "INFO", "swarm_node_type", "sl"));
    assertThat(site.siteLabels()).isEqualTo(Map.of("kind", "sl"));
    assertThat(site.siteAddressInNetwork()).hasValue("10.0.0.3");
    assertThat(site.trainerHost()).hasValue("user1");
    assertThat(site.privateData()).hasValue(new SiteProfile.PrivateData("/data/1", MountType.BIND));
    assertThat(site.trainerVariables().values())
        .isEqualTo(Map.of("HIP_VISIBLE_DEVICES", "0", "SCRATCH_DIR", "user1"));
    assertThat(site.trainerLabels()).containsOnlyKeys("one", "two");
    assertThat(site.options())
        .isEqualTo(
            new ContainerOptions(
                Optional.of("all"),
                List.of("/dev/kfd", "/dev/dri"),
                Optional.of("host"),
                Optional.of("16G"),
                List.of("video"),
                List.of("SYS_PTRACE"),
                List.of("seccomp=unconfined"),
                true));
    assertThat(profile.sites().get(1).options()).isEqualTo(ContainerOptions.NONE);
  }

  @Test
  void aSitesVariablesComeBeforeTheProfiles() {
    Variables lower = Variables.of(Map.of("A", "1", "B", "1", "C", "1"));
    Variables upper = new Variables(Map.of("A", Optional.of("2"), "B", Optional.empty()));

    assertThat(upper.over(lower).values()).isEqualTo(Map.of("A", "2", "C", "1"));
  }

  @Test
  void takesWhatPeopleWrite() {
    List<SiteProfile> sites = parse(PROFILE).sites();

    assertThat(parse(PROFILE.replace("\n", "\r\n")).sites()).isEqualTo(sites);
    assertThat(parse(PROFILE.replace("    - slnodedef :\n  ", "    -\n  ")).sites())
        .as("sites without slnodedef")
        .isEqualTo(sites);
    assertThat(parse(PROFILE.replace("            - attribute :\n  ", "            -\n  ")).sites())
        .as("identities without attribute")
        .isEqualTo(sites);
    assertThat(parse(PROFILE.replaceAll("(?m)^(              {4})- (\\w)", "$1  $2")).sites())
        .as("maps instead of lists of pairs")
        .hasSameSizeAs(sites);
    assertThat(parse(PROFILE.replaceAll("(?m)^(network|apls|apisrv|envvars|dns).*(\\n +.*)*", "")))
        .as("missing fields")
        .extracting(AgentProfile::network, AgentProfile::dns)
        .containsExactly(Optional.empty(), List.of());
    assertThat(parse(PROFILE.replace("idx : 0", "idx : \"0\"")).sites()).isEqualTo(sites);
  }

  @Test
  void warnsAboutWhatItDoesNotKnow() {
    assertThat(
            parse(
                    PROFILE.replace(
                        "        usrhostname", "        sharedcontent: x\n        usrhostname"))
                .warnings())
        .singleElement()
        .asString()
        .startsWith("p.yaml:47:")
        .contains("field sharedcontent is unknown and ignored");
    assertThat(parse(PROFILE.replace("host-1-net", "<SWARM-NETWORK>")).warnings())
        .singleElement()
        .asString()
        .contains("network has the placeholder <SWARM-NETWORK>");
    assertThat(parse(PROFILE.replace("gpus", "gpu")).warnings())
        .singleElement()
        .asString()
        .contains("field gpu is unknown");
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> parse(PROFILE.replace("idx : 1", "idx : 0")))
        .hasMessageContaining("nodes[1] has idx 0 a second time, expected an idx of its own");
    assertThatThrownBy(() -> parse(PROFILE.replace("idx : 0", "idx : -1")))
        .hasMessageContaining("p.yaml:26:15: nodes[0].slnodedef.idx is '-1', expected a whole");
    assertThatThrownBy(() -> parse(PROFILE.replace(": DOCKER", ": KUBERNETES")))
        .hasMessageContaining("mgrtype is 'KUBERNETES', expected one of DOCKER, PROCESS");
    assertThatThrownBy(() -> parse(PROFILE.replace(": demo", ": 'a b'")))
        .hasMessageContaining("p.yaml:2:14: groupname is 'a b', expected 1 to 63 letters");
    assertThatThrownBy(() -> parse(PROFILE.replace("16000", "160000")))
        .hasMessageContaining("slport is '160000', expected a port");
    assertThatThrownBy(() -> parse(PROFILE.replaceAll("(?s)nodes :.*", "nodes : []")))
        .hasMessageContaining("nodes is empty");
  }

  @Test
  void theLastOfSeveralFieldsOfANameCounts() {
    String text =
        """
        groupname : mine
        nodes :
            - slnodedef :
                slenvvars : null
                usrenvvars : [NODE_ID : n1]
                privatedata : ~
                slenvvars : null
                usrenvvars : [NODE_ID : n2]
        """;

    AgentProfile profile = AgentProfile.parse("p.yaml", text);

    assertThat(profile.sites().get(0).trainerVariables().values()).containsEntry("NODE_ID", "n2");
    assertThat(profile.warnings())
        .extracting(DefinitionWarning::toString)
        .containsExactly(
            "p.yaml:7:21: field slenvvars is given a second time; this one counts, not that in line 4",
            "p.yaml:8:22: field usrenvvars is given a second time; this one counts, not that in line 5");
    assertThatThrownBy(() -> PolicyDefinition.parse("p.yaml", "authors: [a]\nauthors: [b]\n"))
        .as("a rule that is written over might be the one that matters")
        .hasMessageContaining("authors is given a second time, expected it once");
  }
}
