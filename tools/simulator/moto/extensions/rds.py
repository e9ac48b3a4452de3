"""RDS and Aurora: fields that the provider reads and moto drops or invents.

Gaps: every DB instance has the same DbiResourceId, so a second instance or a read replica cannot be found, and keeps its port;
one that is restored to a point in time has its source's deletion protection and standby, and a cluster its managed secret as well;
a cluster that is renamed loses its instances, and one that is added to a cluster is not in its subnet group;
Performance Insights, Enhanced Monitoring and Database Insights settings are dropped; parameters of a parameter
group come back without their source and cannot be reset; Aurora clusters that are not Serverless v1 get a scaling configuration that they do not have and lose
the HTTP endpoint, and keep the logs that they export; the managed master secret has a user "admin" that does not exist. Resource types:
aws_db_instance (several), aws_db_parameter_group, aws_rds_cluster_parameter_group, aws_rds_cluster, aws_rds_cluster_instance.
"""

from __future__ import annotations

import json
import random
import secrets
import string
from collections.abc import Callable, Iterable
from typing import Any

from moto.core.responses import ActionResult
from moto.rds import models
from moto.rds.responses import RDSResponse

from .support import extend_method, plain

PASSWORD_LENGTH = 28
INSIGHTS_DEFAULT_DAYS = 7


def _resource_id(prefix: str) -> str:
    return prefix + "".join(random.choices(string.ascii_uppercase + string.digits, k=26))


def _remember_insights(database: Any, request: dict[str, Any]) -> None:
    """Store the monitoring fields under the request's names, so that moto's Modify calls set them."""
    database.enable_performance_insights = bool(request.get("enable_performance_insights"))
    database.performance_insights_retention_period = request.get("performance_insights_retention_period")
    if database.enable_performance_insights and not database.performance_insights_retention_period:
        database.performance_insights_retention_period = INSIGHTS_DEFAULT_DAYS
    database.performance_insights_kms_key_id = request.get("performance_insights_kms_key_id")
    database.monitoring_interval = request.get("monitoring_interval") or 0
    database.monitoring_role_arn = request.get("monitoring_role_arn")
    database.database_insights_mode = request.get("database_insights_mode") or "standard"


def _create_instance(stock: Callable[..., None], self: Any, *args: Any, **kwargs: Any) -> None:
    stock(self, *args, **kwargs)
    self.dbi_resource_id = _resource_id("db-")
    _remember_insights(self, kwargs)
    if self.db_cluster_identifier is None or kwargs.get("db_subnet_group_name") is not None:
        return
    cluster = self.backend.clusters.get(self.db_cluster_identifier)
    if cluster and cluster.db_subnet_group_name in self.backend.subnet_groups:
        self.db_subnet_group_name = cluster.db_subnet_group_name


def _create_cluster(stock: Callable[..., None], self: Any, *args: Any, **kwargs: Any) -> None:
    stock(self, *args, **kwargs)
    self.enable_http_endpoint = kwargs.get("enable_http_endpoint")
    _remember_insights(self, kwargs)


def _modify_instance(stock: Callable[..., None], self: Any, *args: Any, **kwargs: Any) -> None:
    """Change the port, which ModifyDBInstance calls DBPortNumber; keep a managed secret instead of making another one."""
    if hasattr(self, "master_user_secret"):
        kwargs = {name: value for name, value in kwargs.items() if name != "manage_master_user_password" or not value}
    stock(self, *args, **kwargs)
    if kwargs.get("db_port_number"):
        self.port = int(kwargs["db_port_number"])


def _rename_instance(stock: Callable[..., Any], backend: Any, name: str, request: dict[str, Any]) -> Any:
    """Let the automated snapshots of an instance that is renamed go with it, as they do when it is deleted."""
    new_name = request.get("new_db_instance_identifier")
    database = stock(backend, name, request)
    for snapshot in backend.database_snapshots.values() if new_name else ():
        if snapshot.db_instance_identifier == name and snapshot.snapshot_type == "automated":
            snapshot.db_instance_identifier = new_name
            # What moto looks for when it lists or deletes an instance's snapshots.
            snapshot.database.db_instance_identifier = new_name
    return database


def _modify_cluster(stock: Callable[..., Any], backend: Any, request: dict[str, Any]) -> Any:
    """Change the exported logs, which moto looks for under CreateDBCluster's name; keep a managed secret; rename with the instances."""
    cluster = backend.clusters.get(request["db_cluster_identifier"])
    if cluster and hasattr(cluster, "master_user_secret") and request.get("manage_master_user_password"):
        request = {name: value for name, value in request.items() if name != "manage_master_user_password"}
    members = list(cluster.members) if cluster else []
    change = request.get("cloudwatch_logs_export_configuration")
    if cluster and change:
        disabled = change.get("DisableLogTypes") or []
        kept = [log for log in cluster.enabled_cloudwatch_logs_exports if log not in disabled]
        cluster.enabled_cloudwatch_logs_exports = [*kept, *(change.get("EnableLogTypes") or [])]
    answer = stock(backend, request)
    for member in members:
        member.db_cluster_identifier = cluster.db_cluster_identifier
    return answer


def _create_read_replica(stock: Callable[..., Any], backend: Any, request: dict[str, Any]) -> Any:
    replica = stock(backend, request)
    # The replica is a shallow copy of its source; its own fields come from the request.
    replica.dbi_resource_id = _resource_id("db-")
    replica.tags = list(request.get("tags") or [])
    replica.multi_az = bool(request.get("multi_az"))
    replica.backup_retention_period = int(request.get("backup_retention_period") or 0)
    _remember_insights(replica, request)
    return replica


def _restore_instance(
    stock: Callable[..., Any], backend: Any, source: str, target: str, overrides: dict[str, Any]
) -> Any:
    """Leave out what AWS does not take over. Source: RDS API reference, RestoreDBInstanceToPointInTime."""
    restored = stock(backend, source, target, overrides)
    restored.deletion_protection = bool(overrides.get("deletion_protection"))
    restored.multi_az = bool(overrides.get("multi_az"))
    # moto takes the identifier of the source in the request for that of a replica's source.
    restored.source_db_instance_identifier = None
    return restored


def _restore_cluster(stock: Callable[..., Any], backend: Any, **request: Any) -> Any:
    """Leave out what AWS does not take over. Source: RDS API reference, RestoreDBClusterToPointInTime, which manages no password."""
    restored = stock(backend, **request)
    restored.deletion_protection = bool(request.get("deletion_protection"))
    if hasattr(restored, "master_user_secret"):
        restored.master_user_secret.delete_secret()
        del restored.master_user_secret
    restored.manage_master_user_password = False
    return restored


def _update_parameters(
    self: models.DBParameterGroup | models.DBClusterParameterGroup, parameters: Iterable[dict[str, Any]]
) -> None:
    for parameter in parameters:
        self.parameters[parameter["ParameterName"]].update(parameter, Source="user")


def _reset(response: RDSResponse, groups: dict[str, Any], field: str, missing: type[Exception]) -> ActionResult:
    name = response.params[field]
    if name not in groups:
        raise missing(name)
    parameters = groups[name].parameters
    if response.params.get("ResetAllParameters"):
        parameters.clear()
    for parameter in plain(response.params.get("Parameters") or []):
        parameters.pop(parameter["ParameterName"], None)
    return ActionResult({field: name})


def _reset_parameter_group(response: RDSResponse) -> ActionResult:
    groups = response.backend.db_parameter_groups
    return _reset(response, groups, "DBParameterGroupName", models.DBParameterGroupNotFoundError)


def _reset_cluster_parameter_group(response: RDSResponse) -> ActionResult:
    groups = response.backend.db_cluster_parameter_groups
    return _reset(response, groups, "DBClusterParameterGroupName", models.DBClusterParameterGroupNotFoundError)


def _secret_string(self: models.MasterUserSecret) -> str:
    alphabet = string.ascii_letters + string.digits
    password = "".join(secrets.choice(alphabet) for _ in range(PASSWORD_LENGTH))
    return json.dumps({"username": self.resource.master_username, "password": password})


def _scaling_configuration_info(self: models.DBCluster) -> dict[str, Any] | None:
    return _STOCK_SCALING.fget(self) if self.scaling_configuration else None


def _set_http_endpoint(enabled: bool) -> Callable[[RDSResponse], ActionResult]:
    def action(response: RDSResponse) -> ActionResult:
        arn = response.params["ResourceArn"]
        cluster = next((item for item in response.backend.clusters.values() if item.db_cluster_arn == arn), None)
        if cluster is None:
            raise models.DBClusterNotFoundError(arn)
        cluster.enable_http_endpoint = enabled
        return ActionResult({"ResourceArn": arn, "HttpEndpointEnabled": enabled})

    return action


_STOCK_SCALING = models.DBCluster.scaling_configuration_info
_HTTP_ENDPOINT = property(
    lambda self: getattr(self, "_enable_http_endpoint", False),
    lambda self, value: setattr(self, "_enable_http_endpoint", bool(value)),
)


def install() -> None:
    """Install the extension."""
    extend_method(models.DBInstance, "__init__", _create_instance)
    extend_method(models.DBInstance, "update", _modify_instance)
    extend_method(models.DBCluster, "__init__", _create_cluster)
    extend_method(models.RDSBackend, "create_db_instance_read_replica", _create_read_replica)
    extend_method(models.RDSBackend, "restore_db_instance_to_point_in_time", _restore_instance)
    extend_method(models.RDSBackend, "restore_db_cluster_to_point_in_time", _restore_cluster)
    extend_method(models.RDSBackend, "modify_db_instance", _rename_instance)
    extend_method(models.RDSBackend, "modify_db_cluster", _modify_cluster)
    for model in (models.DBInstance, models.DBCluster):
        model.performance_insights_enabled = property(lambda self: self.enable_performance_insights)
    models.DBParameterGroup.update_parameters = _update_parameters
    models.DBClusterParameterGroup.update_cluster_parameters = _update_parameters
    models.DBCluster.scaling_configuration_info = property(_scaling_configuration_info)
    models.DBCluster.enable_http_endpoint = _HTTP_ENDPOINT
    models.MasterUserSecret._generate_secret_string = _secret_string
    RDSResponse.reset_db_parameter_group = _reset_parameter_group
    RDSResponse.reset_db_cluster_parameter_group = _reset_cluster_parameter_group
    RDSResponse.enable_http_endpoint = _set_http_endpoint(True)
    RDSResponse.disable_http_endpoint = _set_http_endpoint(False)
